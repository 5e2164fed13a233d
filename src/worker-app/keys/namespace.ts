import { textField } from '../../schema/fields.js';
import { DNS_1123_LABEL } from '../../kubernetes/text-rules.js';
import { key } from '../../schema/key.js';

export const namespace = key({
  field: textField(DNS_1123_LABEL),
  description:
    "Namespace of every object. It must exist in the cluster. A construct takes its chart's namespace first.",
  default: 'default',
  example: 'web',
});
