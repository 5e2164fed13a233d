import { booleanField } from '../../schema/fields.js';
import { key } from '../../schema/key.js';

export const dashboard = key({
  field: () => booleanField(),
  description:
    'Write a Grafana dashboard for the application, in the ConfigMap `<name>-dashboard`. The sidecar of Grafana loads it.',
  default: false,
  example: true,
});
