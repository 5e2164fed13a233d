import type { ProbeFields } from '../../kubernetes-shapes/types.js';
import { key } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';
import { partialShapeField } from '../../schema/shape-field.js';
import { withEffects } from '../key.js';

const probe = () => partialShapeField<ProbeFields>('Probe', 'ProbeFields').nullable();

/** The words about the probes that hold if a key is not set. */
interface Words {
  readonly type: string;
  readonly description: string;
  readonly unset: string;
  readonly form: string;
  readonly unsetProbe: string;
  /** The port in the examples: one that the container has without another key. */
  readonly port: string | number;
}

const keysOf = ({ form, unsetProbe, port }: Words) => ({
  liveness: key({
    field: () => probe(),
    description: `Probe that restarts the container when it fails, ${form}`,
    unset: unsetProbe,
    example: { httpGet: { path: '/live', port } },
  }),
  readiness: key({
    field: () => probe(),
    description: `Probe that takes the pod out of the Service while it fails, ${form}`,
    unset: unsetProbe,
    example: { httpGet: { path: '/ready', port }, periodSeconds: 5 },
  }),
  startup: key({
    field: () => probe(),
    description: `Probe that holds the other two back until it succeeds, ${form}`,
    unset: unsetProbe,
    example: { tcpSocket: { port }, failureThreshold: 60 },
  }),
});

/** The field of the container for each key. */
export const PROBE_FIELDS = {
  liveness: 'livenessProbe',
  readiness: 'readinessProbe',
  startup: 'startupProbe',
} as const;

export type ProbeName = keyof typeof PROBE_FIELDS;
export const PROBE_NAMES = Object.keys(PROBE_FIELDS) as ProbeName[];

const probesKey = (words: Words) =>
  withEffects(
    group({
      type: words.type,
      description: words.description,
      unset: words.unset,
      keys: keysOf(words),
    }),
    {
      container: (given) => Object.fromEntries(PROBE_NAMES.map((name) => [PROBE_FIELDS[name], given[name]])),
    },
    'deployments',
  );

export const probes = probesKey({
  type: 'WorkerAppProbes',
  description:
    "Probes of the application's container. Without `http.healthPath`, a probe names its handler: `httpGet`, `tcpSocket`, `exec` or `grpc`.",
  unset: 'those of http.healthPath',
  form: "in Kubernetes' form. It is merged over the probe of `http.healthPath`; another handler replaces its request, and `null` is no probe.",
  unsetProbe: 'the probe of http.healthPath; none without it',
  port: 'http',
});

/** The probes of a process. No other key makes one. */
export const processProbes = probesKey({
  type: 'ProcessProbes',
  description: 'Probes of the container. Each names its handler: `httpGet`, `tcpSocket`, `exec` or `grpc`.',
  unset: 'none',
  form: "in Kubernetes' form.",
  unsetProbe: 'none',
  port: 8080,
});
