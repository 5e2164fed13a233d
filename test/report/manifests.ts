import type { Manifest } from '../../src/kubernetes/manifest.js';
import { trace } from '../../src/checks/trace/trace.js';
import type { TracedManifests } from '../../src/report/applications.js';
import { reportPage } from '../../src/report/page.js';

interface AppOptions {
  readonly workers?: number;
  readonly labels?: Readonly<Record<string, string>>;
  /** The ports that the endpoints of the monitor name. */
  readonly endpoints?: readonly string[];
  /** `targetPort` of the Service's port of each worker. */
  readonly targetPort?: (worker: number) => string;
  readonly env?: readonly object[];
}

/** A Deployment, its Service and its ServiceMonitor. */
export function application(name: string, options: AppOptions = {}): [Manifest, Manifest, Manifest] {
  const {
    workers = 2,
    targetPort = (worker) => `metrics-${worker}`,
    labels = { 'app.kubernetes.io/name': name },
  } = options;
  const metadata = { name, namespace: 'shop', labels };
  const numbers = Array.from({ length: workers }, (_, i) => i + 1);
  const env = options.env ?? [
    { name: 'METRICS_START_PORT', value: '5001' },
    { name: 'WEB_CONCURRENCY', value: String(workers) },
  ];
  const ports = numbers.map((worker) => ({ name: `metrics-${worker}`, containerPort: 5000 + worker }));
  const container = { name: 'django', image: 'example/shop:1', env, ports };
  const endpoints = options.endpoints ?? numbers.map((worker) => `metrics-${worker}`);
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 3,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        selector: labels,
        ports: numbers.map((worker) => ({
          name: `metrics-${worker}`,
          port: 5000 + worker,
          targetPort: targetPort(worker),
        })),
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata,
      spec: {
        selector: { matchLabels: labels },
        endpoints: endpoints.map((port) => ({ port, interval: '15s' })),
      },
    },
  ];
}

/** A PrometheusRule with one alert and one recording rule. */
export function alertOf(name: string, expr = 'up == 0'): Manifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name, namespace: 'shop', labels: { 'app.kubernetes.io/name': name } },
    spec: {
      groups: [
        {
          name,
          rules: [
            {
              alert: 'Down',
              expr,
              for: '5m',
              labels: { severity: 'critical' },
              annotations: { summary: 'It is down.' },
            },
            { record: 'shop:up:sum', expr: 'sum(up)' },
          ],
        },
      ],
    },
  };
}

export function traced(manifests: readonly Manifest[], name = 'production'): TracedManifests {
  return { name, manifests, ...trace(manifests) };
}

export function pageOf(...manifests: readonly Manifest[]): string {
  return reportPage([traced(manifests)]).html;
}
