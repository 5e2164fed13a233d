import { booleanField } from '../../schema/fields.js';
import { key } from '../../schema/key.js';

export const dashboard = key({
  field: booleanField(),
  description:
    "Whether to make a Grafana dashboard, in a ConfigMap `<name>-dashboard` that Grafana's sidecar picks up.",
  default: false,
  example: true,
});
