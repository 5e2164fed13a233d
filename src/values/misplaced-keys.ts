import * as z from 'zod';
import { inspect, nearest } from '../diagnostics/expected.js';
import { alternatives, schemaAt } from '../schema/schema-walk.js';
import { documentSchema } from './document-schema.js';
import { exampleOf } from './schema-examples.js';
import type { Kind } from './kinds.js';
import { isMap, own } from '../kubernetes/manifest.js';

/** A key of manifests or Helm charts that a WorkerApp does not have. */
interface OtherKey {
  /** A place in its value, and the key of a values file that takes the value there. The empty place is the whole value. */
  readonly places?: Readonly<Record<string, string>>;
  /** The hint if the value has none of these places. @default - the first key, with its example */
  readonly otherwise?: string;
}

const NO_MANIFEST = 'this is a values file, not a manifest:';
const probe = (name: string): OtherKey => ({
  places: { 'httpGet.path': 'http.healthPath', 'httpGet.port': 'http.port' },
  otherwise: `write http: { healthPath: /healthz }, or these fields as probes: { ${name}: … }`,
});

/** The keys to write for a key of manifests or Helm charts. A key that the schema has needs no row. */
export const OTHER_KEYS: Readonly<Record<string, OtherKey>> = {
  apiVersion: { otherwise: `${NO_MANIFEST} remove it, and write name, image and workers` },
  metadata: {
    places: { name: 'name', namespace: 'namespace', labels: 'labels' },
    otherwise: `${NO_MANIFEST} write name, namespace and labels at the top level`,
  },
  spec: {
    places: { replicas: 'replicas' },
    otherwise: `${NO_MANIFEST} write name, image and workers at the top level`,
  },
  containers: {
    otherwise: 'write container: app for its name, and image, env and resources at the top level',
  },
  containerPort: { places: { '': 'http.port' } },
  securityContext: {
    otherwise:
      'write podSecurityContext for the pods, or containerSecurityContext for the container, as Helm charts mean',
  },
  volumeMounts: {
    otherwise: 'write mountPath in the volume: volumes: { media: { emptyDir: {}, mountPath: /srv/media } }',
  },
  livenessProbe: probe('liveness'),
  readinessProbe: probe('readiness'),
  startupProbe: probe('startup'),
  replicaCount: { places: { '': 'replicas' } },
  hpa: { otherwise: 'write autoscaling: { minReplicas: 2, maxReplicas: 10, cpu: 70 }' },
  pdb: { otherwise: 'write podDisruptionBudget: { maxUnavailable: 1 }' },
  serviceMonitor: {
    places: {
      interval: 'metrics.interval',
      scrapeTimeout: 'metrics.scrapeTimeout',
      labels: 'metrics.labels',
    },
  },
};

/** The lines to write for a value of Kubernetes or Helm. */
function linesInstead({ places = {}, otherwise }: OtherKey, value: unknown): string | undefined {
  const lines = Object.entries(places).flatMap(([place, ours]) => {
    const inner = place === '' ? value : valueAt(value, place.split('.'));
    return inner === undefined ? [] : [line(ours.split('.'), written(inner))];
  });
  const [first] = Object.values(places);
  if (lines.length > 0) return `write ${lines.join(' and ')}`;
  return otherwise ?? (first && `write ${exampleAt(first.split('.'))}`);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((map, name) => (isMap(map) ? own(map, name) : undefined), value);
}

function exampleAt(path: readonly string[]): string {
  return line(path, written(exampleOf(schemaAt(documentSchema('WorkerApp'), path))));
}

function line([first = '', ...inner]: readonly string[], value: string): string {
  return `${first}: ${inner.length === 0 ? value : `{ ${line(inner, value)} }`}`;
}

/**
 * Hint for an unknown key that belongs elsewhere in the values; undefined if there is none.
 * @param missing the required keys that the document does not have
 */
export function writeInstead(
  kind: Kind,
  key: string,
  value: unknown,
  missing: readonly string[] = [],
): string | undefined {
  const other = kind === 'WorkerApp' ? otherKey(key) : undefined;
  const inside = keysInside(value, missing).filter((one) => !Object.hasOwn(other?.places ?? {}, one));
  if (inside.length > 0) return 'move its keys to the top level';
  if (other !== undefined) return linesInstead(other, value);
  for (const [name, field] of Object.entries(documentSchema(kind).shape)) {
    const isInside = alternatives(field).some(
      (form) => form instanceof z.ZodObject && Object.hasOwn(form.shape, key),
    );
    if (isInside) return `it belongs to ${name}: write ${name}: { ${key}: ${written(value)} }`;
  }
  return undefined;
}

/** The keys of a map that are missing around it. */
export function keysInside(value: unknown, missing: readonly string[]): string[] {
  return isMap(value) ? missing.filter((key) => Object.hasOwn(value, key)) : [];
}

/** Short names are near to many others. */
const SHORTEST_GUESSED = 6;

/** The row of a key, or of the key that was meant by a typing error. */
function otherKey(key: string): OtherKey | undefined {
  if (Object.hasOwn(OTHER_KEYS, key)) return OTHER_KEYS[key];
  if (key.length < SHORTEST_GUESSED) return undefined;
  const known = Object.keys(documentSchema('WorkerApp').shape);
  const near = nearest(key, [...known, ...Object.keys(OTHER_KEYS)]) ?? '';
  return Object.hasOwn(OTHER_KEYS, near) ? OTHER_KEYS[near] : undefined;
}

function written(value: unknown): string {
  return typeof value === 'object' ? '…' : inspect(value);
}
