import { textField } from '../../schema/fields.js';
import { DNS_1123_LABEL } from '../../kubernetes/text-formats.js';
import { key } from '../key.js';

export const container = key({
  scope: 'pods',
  field: () => textField(DNS_1123_LABEL),
  description: "Name of the application's container; also the label `container` of every target.",
  default: 'app',
  example: 'django',
  container: (name) => ({ name }),
});

/** The container of a process or job. */
export const podContainer = key({
  scope: 'pods',
  field: () => textField(DNS_1123_LABEL),
  description: 'Name of the container.',
  unset: 'the name of the process or job',
  example: 'celery',
  container: (name) => ({ name }),
});
