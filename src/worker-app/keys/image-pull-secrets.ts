import { isMap } from '../../kubernetes/manifest.js';
import { DNS_1123_SUBDOMAIN } from '../../kubernetes/text-formats.js';
import { distinctListField, textField } from '../../schema/fields.js';
import { key } from '../key.js';

/** Kubernetes' own form of an item is `{ name: registry }`. */
const nameAlone = (given: unknown) =>
  isMap(given) && typeof given['name'] === 'string' ? `write only its name: ${given['name']}` : undefined;

export const imagePullSecrets = key({
  scope: 'inherited',
  field: () => distinctListField(textField(DNS_1123_SUBDOMAIN, nameAlone)),
  description: 'Names of Secrets with the credentials of image registries.',
  unset: 'none',
  example: ['registry'],
  pod: (names) => ({ imagePullSecrets: names.map((name) => ({ name })) }),
});
