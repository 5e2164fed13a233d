import { DNS_1123_SUBDOMAIN } from '../../kubernetes/text-formats.js';
import { textField } from '../../schema/fields.js';
import { key } from '../key.js';

export const runtimeClassName = key({
  scope: 'inherited',
  field: () => textField(DNS_1123_SUBDOMAIN),
  description: 'RuntimeClass of the pods, such as gVisor. It must exist in the cluster.',
  unset: "the cluster's default",
  example: 'gvisor',
  pod: (className) => ({ runtimeClassName: className }),
});
