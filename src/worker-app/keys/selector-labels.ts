import { labelsField } from '../../schema/kubernetes-fields.js';
import { key } from '../key.js';

export const selectorLabels = key({
  scope: 'deployments',
  field: () =>
    labelsField().refine((labels) => Object.keys(labels).length > 0, {
      error: 'expected at least one label (without labels, all pods would be selected)',
    }),
  description:
    'The labels by which Deployment and Service select the pods. They cannot change while the Deployment exists: set them to those of a live Deployment that is taken over.',
  unset: '`app.kubernetes.io/name` and `app.kubernetes.io/instance`',
  example: { app: 'shop' },
});
