import * as z from 'zod';
import { inspect } from '../diagnostics/expected.js';
import { alternatives } from '../schema/schema-walk.js';
import { documentSchema } from './document-schema.js';
import type { Kind } from './kinds.js';
import { own } from './merge-values.js';

/** Hints for keys of Kubernetes or Helm that are unknown in a WorkerApp. */
const WRITE_INSTEAD: Readonly<Record<string, string>> = {
  apiVersion: 'this is a values file, not a manifest: remove it, and write name, image and workers',
  metadata: 'this is a values file, not a manifest: write name, namespace and labels at the top level',
  spec: 'this is a values file, not a manifest: write name, image and workers at the top level',
  containerPort: 'write http: { port: 8000 }',
  ports: 'write http: { port: 8000 } and metrics: { startPort: 8001 }; the ports of workers are computed',
  service: 'write http: { servicePort: 80 }',
  envFrom: 'write each variable: env: { TOKEN: { secret: my-secret, key: token } }',
  securityContext: 'write runAsUser: 1000; the rest of the security context is computed',
  podSecurityContext: 'write runAsUser: 1000; the rest of the security context is computed',
  livenessProbe: 'write http: { healthPath: /health/ }',
  readinessProbe: 'write http: { healthPath: /health/ }',
  startupProbe: 'write http: { healthPath: /health/ }',
  requests: 'write resources: { requests: { cpu: 500m, memory: 512Mi } }',
  limits: 'write resources: { limits: { memory: 1Gi } }',
  replicaCount: 'write replicas: 2',
  containers: 'write container: app for its name, and image, env and resources at the top level',
  serviceMonitor: 'write metrics: { interval: 30s }',
};

/** Hint for an unknown key that belongs elsewhere in the values; undefined if there is none. */
export function writeInstead(kind: Kind, key: string, value: unknown): string | undefined {
  const known = kind === 'WorkerApp' ? own(WRITE_INSTEAD, key) : undefined;
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
