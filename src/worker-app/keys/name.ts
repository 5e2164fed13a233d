import { textField } from '../../schema/fields.js';
import { DNS_1035_LABEL } from '../../kubernetes/text-formats.js';
import { key } from '../../schema/key.js';

/** The name of a Service must be a DNS-1035 label. */
export const name = key({
  required: true,
  field: () => textField(DNS_1035_LABEL),
  description:
    'Name of the Deployment, the Service and all other objects; also their label `app.kubernetes.io/name`. A DNS-1035 label of at most 63 characters.',
  example: 'shop',
});
