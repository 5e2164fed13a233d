import * as z from 'zod';
import { inspect } from '../diagnostics/expected.js';
import { alternatives } from '../schema/schema-walk.js';
import { documentSchema } from './document-schema.js';
import type { Kind } from './kinds.js';
import { isMap, own } from './merge-values.js';

/** Hints for keys of Kubernetes or Helm that are unknown in a WorkerApp. */
const WRITE_INSTEAD: Readonly<Record<string, string>> = {
  apiVersion: 'this is a values file, not a manifest: remove it, and write name, image and workers',
  metadata: 'this is a values file, not a manifest: write name, namespace and labels at the top level',
  spec: 'this is a values file, not a manifest: write name, image and workers at the top level',
  containerPort: 'write http: { port: 8000 }',
  ports: 'write http: { port: 8000 } and metrics: { startPort: 8001 }; the ports of workers are computed',
  service: 'write http: { servicePort: 80 }',
  envFrom: 'write each variable: env: { TOKEN: { secret: my-secret, key: token } }',
  securityContext:
    'write podSecurityContext for the pods, or containerSecurityContext for the container, as Helm charts mean',
  livenessProbe: 'write http: { healthPath: /health/ }',
  readinessProbe: 'write http: { healthPath: /health/ }',
  startupProbe: 'write http: { healthPath: /health/ }',
  requests: 'write resources: { requests: { cpu: 500m, memory: 512Mi } }',
  limits: 'write resources: { limits: { memory: 1Gi } }',
  replicaCount: 'write replicas: 2',
  containers: 'write container: app for its name, and image, env and resources at the top level',
  serviceMonitor: 'write metrics: { interval: 30s }',
};

/** A place in manifests and Helm charts, and the key of a values file for the same value. One row each. */
export const KUBERNETES_PLACES: readonly (readonly [place: string, key: string])[] = [
  ['metadata.name', 'name'],
  ['metadata.namespace', 'namespace'],
  ['metadata.labels', 'labels'],
  ['spec.replicas', 'replicas'],
  ['service.port', 'http.servicePort'],
  ['service.targetPort', 'http.port'],
  ['securityContext.runAsUser', 'runAsUser'],
  ['livenessProbe.httpGet.path', 'http.healthPath'],
  ['livenessProbe.httpGet.port', 'http.port'],
  ['readinessProbe.httpGet.path', 'http.healthPath'],
  ['readinessProbe.httpGet.port', 'http.port'],
  ['startupProbe.httpGet.path', 'http.healthPath'],
  ['serviceMonitor.interval', 'metrics.interval'],
  ['serviceMonitor.scrapeTimeout', 'metrics.scrapeTimeout'],
  ['serviceMonitor.labels', 'metrics.labels'],
];

/** The lines to write for the values in a map of Kubernetes or Helm; undefined if no row is about them. */
function linesInstead(key: string, value: unknown): string | undefined {
  const lines = KUBERNETES_PLACES.flatMap(([place, ours]) => {
    const [first, ...path] = place.split('.');
    const inner =
      first === key
        ? path.reduce<unknown>((map, name) => (isMap(map) ? own(map, name) : undefined), value)
        : undefined;
    return inner === undefined ? [] : [line(ours.split('.'), written(inner))];
  });
  return lines.length === 0 ? undefined : `write ${lines.join(' and ')}`;
}

function line([first = '', ...inner]: readonly string[], value: string): string {
  return `${first}: ${inner.length === 0 ? value : `{ ${line(inner, value)} }`}`;
}

/** Hint for an unknown key that belongs elsewhere in the values; undefined if there is none. */
export function writeInstead(kind: Kind, key: string, value: unknown): string | undefined {
  const known = kind === 'WorkerApp' ? own(WRITE_INSTEAD, key) : undefined;
  const lines = kind === 'WorkerApp' ? linesInstead(key, value) : undefined;
  if (lines !== undefined) return lines;
  if (typeof known === 'string') return known;
  for (const [name, field] of Object.entries(documentSchema(kind).shape)) {
    const isInside = alternatives(field).some(
      (form) => form instanceof z.ZodObject && Object.hasOwn(form.shape, key),
    );
    if (isInside) return `it belongs to ${name}: write ${name}: { ${key}: ${written(value)} }`;
  }
  return undefined;
}

function written(value: unknown): string {
  return typeof value === 'object' ? '…' : inspect(value);
}
