import { textField } from '../../schema/fields.js';
import { DNS_1123_SUBDOMAIN } from '../../kubernetes/text-formats.js';
import { key } from '../key.js';

export const priorityClassName = key({
  scope: 'inherited',
  field: () => textField(DNS_1123_SUBDOMAIN),
  description:
    'PriorityClass of the pods: pods of higher priority are scheduled first and evicted last. It must exist in the cluster.',
  unset: "the cluster's default",
  example: 'high',
  pod: (className) => ({ priorityClassName: className }),
});
