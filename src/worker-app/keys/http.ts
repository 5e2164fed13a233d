import { textField, wholeNumberField } from '../../schema/fields.js';
import { HOST, HTTP_PATH } from '../../kubernetes/http.js';
import type { HTTPRouteFields } from '../../kubernetes-shapes/types.js';
import type { Ingress } from '../network/ingress-key.js';
import { firstHost } from '../network/hosts.js';
import { PORT_NAME, type TextFormat } from '../../kubernetes/text-formats.js';
import { PORT } from '../../kubernetes/whole-number.js';
import { key } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';

/** A port name. A metrics port never receives the requests of clients. */
const TARGET_PORT: TextFormat = {
  what: `${PORT_NAME.what} that is no metrics port`,
  pattern: new RegExp(`^(?!metrics(-[0-9]+)?$)${PORT_NAME.pattern.source.slice(1)}`),
  maxLength: 15,
};

export const http = group({
  type: 'WorkerAppHttp',
  description: 'Ports and health checks of the application.',
  default: {},
  keys: {
    port: key({
      field: () => wholeNumberField(PORT),
      description: 'Port on which the application listens in the container, 1 to 65535.',
      default: 8000,
      example: 5000,
    }),
    servicePort: key({
      field: () => wholeNumberField(PORT),
      description: 'Port of the Service, 1 to 65535. Requests to it go to `http.port`.',
      default: 80,
      example: 8080,
    }),
    targetPort: key({
      field: () => textField(TARGET_PORT),
      description:
        'Name of a port of a sidecar that receives the requests to the Service, such as nginx in front of the application. The probes stay on the application, at `http.port`.',
      unset: '`http`, the port of the application',
      example: 'grpc',
      needs: { ports: { grpc: 9000 } },
    }),
    healthPath: key({
      field: () => textField(HTTP_PATH),
      description:
        'Path for the liveness, readiness and startup probes. It must answer 2xx or 3xx when the application is healthy.',
      unset: 'no probes',
      example: '/healthz',
    }),
    healthHost: key({
      field: () => textField(HOST).nullable(),
      description:
        "`Host` header of the probes. Django accepts only hosts in `ALLOWED_HOSTS`, which usually does not contain the pod's IP. `null` is the pod's IP. Needs `http.healthPath`.",
      unset: "the first host without `*`, of `ingress` or else of `httpRoute`; without one, the pod's IP",
      default: (
        { healthPath }: { healthPath?: string },
        { ingress, httpRoute }: { ingress?: Ingress; httpRoute?: HTTPRouteFields },
      ) => (healthPath === undefined ? undefined : firstHost(ingress, httpRoute)),
      example: 'shop.example.com',
      requires: 'healthPath',
      needs: { http: { healthPath: '/healthz' } },
    }),
  },
});
