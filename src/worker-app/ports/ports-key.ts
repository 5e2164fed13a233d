import { withHint } from '../../schema/message-with-hint.js';
import * as z from 'zod';
import {
  objectField,
  recordField,
  refusal,
  wholeNumberField,
  type ReservedNames,
} from '../../schema/fields.js';
import { key } from '../../schema/key.js';
import { named } from '../../schema/type-names.js';
import { inspectName } from '../../diagnostics/expected.js';
import { isMap } from '../../kubernetes/manifest.js';
import { PORT_NAME } from '../../kubernetes/text-formats.js';
import { PORT } from '../../kubernetes/whole-number.js';
import { memo } from '../../memo.js';

/** Hint for a list of ports in Kubernetes' form: the map to write instead. */
function asPorts(value: unknown): string | undefined {
  const items = Array.isArray(value) ? value.filter(isMap) : [];
  const entries = items.flatMap(({ name, containerPort, port = containerPort }) =>
    typeof name === 'string' && typeof port === 'number' ? `${inspectName(name)}: ${port}` : [],
  );
  return entries.length === 0 ? undefined : `write names as keys: { ${entries.join(', ')} }`;
}

/** Names of metrics ports: a monitor scrapes the ports with these names. */
const OF_METRICS: ReservedNames = {
  allowed: /^(?!(metrics|metrics-[0-9]+)$)/,
  names: 'metrics, metrics-1 …',
  refusal: (name) => withHint(`${inspectName(name)} is the name of a metrics port`, 'choose another name'),
};

/** The name of a port that another key gives. The names of metrics ports are taken where there are some. */
const RESERVED: ReservedNames = {
  allowed: /^(?!http$)/,
  names: 'http',
  refusal: () => withHint('http is the port of http.port', 'set http.port, or choose another name'),
};

const port = memo(() =>
  named(
    'WorkerAppPort',
    z
      .union(
        [
          wholeNumberField(PORT),
          objectField({
            port: wholeNumberField(PORT).meta({
              description: 'Port in the container, 1 to 65535.',
              examples: [8443],
            }),
            servicePort: wholeNumberField(PORT)
              .optional()
              .meta({
                description: 'Port of the Service, 1 to 65535. Default: the port in the container.',
                examples: [443],
              }),
          }),
        ],
        refusal('a port from 1 to 65535, or a map with port and servicePort'),
      )
      .meta({ description: 'A port in the container, or `{ port, servicePort }`.' }),
    'A port of the container and the Service.',
  ),
);

export const ports = key({
  field: () => recordField(PORT_NAME, port(), RESERVED, asPorts),
  description:
    'More ports of the container and the Service, by name: a number for both, or `{ port, servicePort }`. `http` and the metrics ports have keys of their own: `http.port`, `metrics.startPort`.',
  unset: 'only `http` and the metrics ports',
  example: { grpc: 9000, admin: { port: 8443, servicePort: 443 } },
});

/** The ports of a process. None has a key of its own. */
export const processPorts = key({
  field: () => recordField(PORT_NAME, port(), OF_METRICS, asPorts),
  description:
    'Ports of the container, by name: a number, or `{ port, servicePort }`. They make a Service with the name of the process.',
  unset: 'none, and no Service',
  example: { http: 5555, admin: { port: 8443, servicePort: 443 } },
});
