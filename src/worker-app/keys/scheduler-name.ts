import { DNS_1123_SUBDOMAIN } from '../../kubernetes/text-formats.js';
import { textField } from '../../schema/fields.js';
import { key } from '../key.js';

export const schedulerName = key({
  scope: 'inherited',
  field: () => textField(DNS_1123_SUBDOMAIN),
  description: 'Scheduler that places the pods.',
  unset: 'default-scheduler',
  example: 'batch-scheduler',
  pod: (name) => ({ schedulerName: name }),
});
