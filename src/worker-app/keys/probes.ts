import type { ProbeFields } from '../../kubernetes-shapes/types.js';
import { group, key } from '../../schema/key.js';
import { partialShapeField } from '../../schema/shape-field.js';
import type { KeyEffects } from '../key.js';

const probe = () => partialShapeField<ProbeFields>('Probe', 'ProbeFields').nullable();

const COMMON =
  "in Kubernetes' form. It is merged over the probe of `http.healthPath`; another handler replaces its request, and `null` is no probe.";
const UNSET = 'the probe of http.healthPath; none without it';

const keys = {
  liveness: key({
    field: () => probe(),
    description: `Probe that restarts the container when it fails, ${COMMON}`,
    unset: UNSET,
    example: { httpGet: { path: '/live', port: 'http' } },
  }),
  readiness: key({
    field: () => probe(),
    description: `Probe that takes the pod out of the Service while it fails, ${COMMON}`,
    unset: UNSET,
    example: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 },
  }),
  startup: key({
    field: () => probe(),
    description: `Probe that holds the other two back until it succeeds, ${COMMON}`,
    unset: UNSET,
    example: { tcpSocket: { port: 'http' }, failureThreshold: 60 },
  }),
};

/** The field of the container for each key. */
export const PROBE_FIELDS = {
  liveness: 'livenessProbe',
  readiness: 'readinessProbe',
  startup: 'startupProbe',
} as const;

export type ProbeName = keyof typeof PROBE_FIELDS;
export const PROBE_NAMES = Object.keys(PROBE_FIELDS) as ProbeName[];

type Probes = { readonly [Name in ProbeName]?: ProbeFields | null | undefined };

const effects: KeyEffects<Probes> = {
  container: (probes) => Object.fromEntries(PROBE_NAMES.map((name) => [PROBE_FIELDS[name], probes[name]])),
};

export const probes = {
  ...group({
    type: 'WorkerAppProbes',
    description:
      "Probes of the application's container. Without `http.healthPath`, a probe names its handler: `httpGet`, `tcpSocket`, `exec` or `grpc`.",
    unset: 'those of http.healthPath',
    keys,
  }),
  ...effects,
};
