import { changedShape, ownShape } from '../../kubernetes-shapes/shapes.js';
import type { ServiceFields } from '../../kubernetes-shapes/types.js';
import { shapeField } from '../../schema/shape-field.js';
import { key } from '../key.js';

const SERVICE = ownShape('ServiceFields', () =>
  changedShape('ServiceSpec', {
    description: 'Annotations of the Service, and fields of its spec.',
    fields: {
      annotations: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description:
          'Annotations of this Service alone, such as those for the load balancer of a cloud. Default: none.',
      },
    },
    elsewhere: {
      ports: 'write http.servicePort for the port of http, and ports for others',
      port: 'write http: { servicePort: 80 }',
      targetPort: 'write http: { port: 8000 }',
      selector: 'write selectorLabels',
      clusterIP: 'set it with patches',
      clusterIPs: 'set it with patches',
    },
    required: [],
  }),
);

export const service = key({
  field: () => shapeField<ServiceFields>(SERVICE),
  description:
    "`type`, `annotations` and other fields of the Service, in Kubernetes' form. A LoadBalancer or NodePort needs `metrics.service: headless`, which moves the metrics ports to a Service of their own.",
  unset: 'a ClusterIP Service',
  example: { annotations: { 'example.com/owner': 'payments' }, sessionAffinity: 'ClientIP' },
});
