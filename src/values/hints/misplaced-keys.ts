import * as z from 'zod';
import { valueAt } from '../../diagnostics/field-path.js';
import { hideSecrets } from '../../diagnostics/secrets.js';
import { dumpInline } from '../../yaml/dump-yaml.js';
import { inspect, nearest, oneOf } from '../../diagnostics/expected.js';
import { WRITTEN_ELSEWHERE } from '../../kubernetes-shapes/check-shape.js';
import { fieldDiagnostics, takesLines } from '../../schema/field-diagnostics.js';
import { alternatives, fieldSchema, schemaAt } from '../../schema/schema-walk.js';
import { KEYS_OF_COMPOSE, type OtherKey } from './compose-keys.js';
import { documentSchema } from '../document/document-schema.js';
import { formsOfValue } from './possible-forms.js';
import { exampleOf } from './schema-examples.js';
import type { Kind } from '../kinds.js';
import { ENVIRONMENTS } from '../document/written-document.js';
import { isMap } from '../../kubernetes/manifest.js';
import { DNS_1123_LABEL, matches } from '../../kubernetes/text-formats.js';

const NO_MANIFEST = 'this is a values file, not a manifest:';
const probe = (name: string): OtherKey => ({
  places: { 'httpGet.path': 'http.healthPath', 'httpGet.port': 'http.port' },
  otherwise: `write http: { healthPath: /healthz }, or these fields as probes: { ${name}: … }`,
});

/** The keys to write for a key of manifests, Helm charts or Docker Compose. A key that the schema has needs no row. */
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
  selector: {
    places: { matchLabels: 'selectorLabels' },
    otherwise: `${NO_MANIFEST} remove it, and write selectorLabels for a Deployment that is live`,
  },
  template: {
    otherwise: `${NO_MANIFEST} worker-metrics import-helm makes one of a Deployment`,
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
  cpu: { places: { '': 'resources.requests.cpu' } },
  memory: { places: { '': 'resources.limits.memory' } },
  schedule: { otherwise: 'write cronJobs: { clean: { schedule: "0 3 * * *", command: [clean] } }' },
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
  ...KEYS_OF_COMPOSE,
};

/** The lines to write for a value of Kubernetes, Helm or Docker Compose. */
function linesInstead({ places = {}, otherwise }: OtherKey, value: unknown): string | undefined {
  const lines = new Map<string, string[]>();
  for (const [place, ours] of Object.entries(places)) {
    const inner = place === '' ? value : valueAt(value, place.split('.'));
    const [key = '', ...rest] = ours.split('.');
    if (isAccepted(inner, [key, ...rest]))
      lines.set(key, [
        ...(lines.get(key) ?? []),
        rest.length === 0 ? written(inner) : line(rest, written(inner)),
      ]);
  }
  const [first] = Object.values(places);
  if (lines.size > 0) return `write ${[...lines].map(([key, values]) => inMap(key, values)).join(' and ')}`;
  return otherwise ?? (first && `write ${exampleAt(first.split('.'))}`);
}

/** A value of another type, such as the name of a port, is not for the key. */
function isAccepted(value: unknown, path: readonly string[]): boolean {
  const schema = schemaAt(documentSchema('WorkerApp'), path);
  return value !== undefined && schema !== undefined && z.safeParse(schema, value).success;
}

function inMap(key: string, values: readonly string[]): string {
  const isInner = values.every((value) => /^[A-Za-z]+: /.test(value));
  return isInner ? `${key}: { ${values.join(', ')} }` : `${key}: ${values.join()}`;
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
  const [name] = keysAround(documentSchema(kind).shape, key);
  if (name !== undefined) return inKeyAround(name, key, value, documentSchema(kind).shape[name]);
  return kind === 'WorkerApp' ? asField(key, value) : undefined;
}

/** The keys of a map whose values are maps with a key. */
export function keysAround(shape: z.core.$ZodLooseShape, key: string): string[] {
  return Object.keys(shape).filter((name) =>
    alternatives(shape[name]).some((form) => form instanceof z.ZodObject && Object.hasOwn(form.shape, key)),
  );
}

/**
 * Hint with the line to write for a key that is missing around another one: with the value, if a form of it is valid.
 * @param names all keys that may be missing. @default - the name
 */
export function inKeyAround(
  name: string,
  key: string,
  value: unknown,
  around: z.core.$ZodType | undefined,
  names: readonly string[] = [name],
): string {
  const schema = fieldSchema(around, key);
  const valid = [value, ...formsOfValue(value, schema)].find(
    (form) => schema !== undefined && z.safeParse(schema, form).success,
  );
  const line = `${name}: { ${key}: ${written(valid ?? exampleOf(schema))} }`;
  return `it belongs to ${oneOf(names)}: ${valid === undefined ? 'for example' : 'write'} ${line}`;
}

/** Whether the value of an unknown key may be that of an environment, and not of a similar key. */
export function isLikeEnvironment(kind: Kind, key: string, value: unknown): boolean {
  const { shape } = documentSchema(kind);
  if (!isMap(value) || !matches(DNS_1123_LABEL, key)) return false;
  const keys = Object.keys(value);
  const near = nearest(key, Object.keys(shape));
  return (
    keys.length > 0 &&
    keys.every((one) => Object.hasOwn(shape, one)) &&
    (near === undefined || !z.safeParse(shape[near] as z.ZodType, value).success)
  );
}

/** Hint for a field of Kubernetes' pods or containers. */
function asField(key: string, value: unknown): string | undefined {
  const { shape } = documentSchema('WorkerApp');
  for (const name of ['podSpec', 'containerSpec']) {
    const problem = fieldDiagnostics(shape[name] as z.ZodType, { [key]: value }).find(({ inKey }) => inKey);
    if (problem === undefined) return `it belongs to ${name}: write ${name}: { ${key}: ${written(value)} }`;
    if (problem.message === WRITTEN_ELSEWHERE) return problem.hint;
  }
  return undefined;
}

/** The key without a value before an unknown key: the user did not indent the lines that belong to it. */
export function emptyKeyBefore(
  kind: Kind,
  key: string,
  map: Readonly<Record<string, unknown>>,
): string | undefined {
  const { shape } = documentSchema(kind);
  const keys = Object.keys(map);
  const before = keys.slice(0, keys.indexOf(key)).findLast((other) => Object.hasOwn(shape, other));
  return before !== undefined && map[before] === null && takesLines(shape[before]) ? before : undefined;
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
  const known = [...Object.keys(documentSchema('WorkerApp').shape), ENVIRONMENTS];
  const near = nearest(key, [...known, ...Object.keys(OTHER_KEYS)]) ?? '';
  return Object.hasOwn(OTHER_KEYS, near) ? OTHER_KEYS[near] : undefined;
}

const LONGEST_VALUE = 60;

function written(value: unknown): string {
  if (typeof value !== 'object') return inspect(value);
  const text = dumpInline(hideSecrets(value));
  return text.length > LONGEST_VALUE ? '…' : text;
}
