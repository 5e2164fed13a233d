import { textField, wholeNumberField } from '../../schema/fields.js';
import { HOST, HTTP_PATH } from '../../kubernetes/http.js';
import { PORT } from '../../kubernetes/whole-number.js';
import { group, key } from '../../schema/key.js';

export const http = group({
  type: 'WorkerAppHttp',
  description: 'How the application is served.',
  default: {},
  keys: {
    port: key({
      field: wholeNumberField(PORT),
      description: 'Port of the application in the container, 1 to 65535.',
      default: 8000,
      example: 5000,
    }),
    servicePort: key({
      field: wholeNumberField(PORT),
      description: 'Port of the Service, 1 to 65535. It leads to `http.port`.',
      default: 80,
      example: 8080,
    }),
    healthPath: key({
      field: textField(HTTP_PATH),
      description:
        'Path that answers 2xx or 3xx when the application is healthy. The liveness, readiness and startup probes request it.',
      unset: 'no probes',
      example: '/healthz',
    }),
    healthHost: key({
      field: textField(HOST),
      description:
        "`Host` header of the probes. Django refuses the pod's IP unless `ALLOWED_HOSTS` has it. Needs `http.healthPath`.",
      unset: "the pod's IP",
      example: 'shop.example.com',
      requires: 'healthPath',
      needs: { http: { healthPath: '/healthz' } },
    }),
  },
});
