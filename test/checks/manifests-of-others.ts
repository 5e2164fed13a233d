import { checkManifests } from '../../src/checks/check-manifests.js';
import { trace } from '../../src/checks/trace/trace.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';

// Manifests as others write them: one pod of two workers, with a Service.

export const labels = { app: 'web', tier: 'front' };
const ports = [
  { name: 'http', containerPort: 8000 },
  { name: 'metrics-1', containerPort: 9001 },
  { name: 'metrics-2', containerPort: 9002 },
];
const env = [
  { name: 'WEB_CONCURRENCY', value: '2' },
  { name: 'METRICS_START_PORT', value: '9001' },
];
export const template = {
  metadata: { labels },
  spec: { containers: [{ name: 'web', image: 'web', ports, env }] },
};

export function workload(
  kind = 'Deployment',
  spec: object = { selector: { matchLabels: { app: 'web' } }, template },
): Manifest {
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'web', namespace: 'shop' }, spec };
}

export const service: Manifest = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: {
    selector: { app: 'web' },
    ports: ['metrics-1', 'metrics-2'].map((name, i) => ({ name, port: 9001 + i, targetPort: name })),
  },
};

const each = [{ port: 'metrics-1' }, { port: 'metrics-2' }];
export const byApp = { matchLabels: { app: 'web' } };

export function serviceMonitor(spec: object, namespace = 'shop'): Manifest {
  const whole = { selector: byApp, endpoints: each, ...spec };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'web', namespace },
    spec: whole,
  };
}

export function podMonitor(spec: object, namespace = 'shop'): Manifest {
  const whole = { selector: byApp, podMetricsEndpoints: each, ...spec };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'web', namespace },
    spec: whole,
  };
}

export const NOT_SCRAPED = 'is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it';
/** What the checks find in all of them. */
export const diagnostics = (...manifests: Manifest[]) => checkManifests(manifests).map(formatDiagnostic);

/** The chains of these manifests: whether each is whole, whether its end is unseen, and why. */
export const reasons = (...manifests: Manifest[]) =>
  trace(manifests).chains.map(({ isWhole, isUnseen, reason }) => [isWhole, isUnseen, reason]);
