import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mapAt, type Manifest } from '../../src/kubernetes/manifest.js';
import type { WorkerAppMetrics } from '../../src/index.js';
import { eventually } from './cluster/eventually.js';
import type { Prometheus } from './cluster/prometheus.js';
import { RunningApplication } from './cluster/running-application.js';

const WORKERS = 3;

let application: RunningApplication;

/** One for each choice of `metrics` below: Prometheus takes 5 s to look for targets, so they do it side by side. */
const prometheus = new Map<WorkerAppMetrics, Prometheus>();

beforeAll(async () => {
  application = await RunningApplication.start({
    workers: WORKERS,
    metrics: { exporter: 'gunicorn', workerLabel: true },
  });
  await eventually(() => application.expectAllUp());
  for (const metrics of [...CHOICES.map(([choice]) => choice), ...OPTIONS])
    prometheus.set(metrics, await application.scrapedAs(application.manifestsWith(metrics)));
  for (const [metrics, limits] of LIMITS)
    prometheus.set(metrics, await application.scrapedAs(limited(application.manifestsWith(metrics), limits)));
});

afterAll(() => Promise.all([application, ...prometheus.values()].map((program) => program.end())));

/** The labels of all targets, once each was scraped, by the number of their worker. */
async function targetsOf(metrics: WorkerAppMetrics, health: 'up' | 'down' = 'up') {
  const targets = await eventually(async () => {
    const found = (await prometheus.get(metrics)?.targets()) ?? [];
    expect(found.map((target) => target.health)).toEqual(Array.from({ length: WORKERS }, () => health));
    return found;
  });
  return targets
    .map(({ labels }) => labels)
    .toSorted((a, b) => String(a['worker']).localeCompare(String(b['worker'])));
}

function expected(service: string | undefined, more: object = {}): object[] {
  return Array.from({ length: WORKERS }, (_, i) => ({
    namespace: 'e2e',
    pod: 'shop-0',
    container: 'app',
    job: 'shop',
    endpoint: `metrics-${i + 1}`,
    worker: String(i + 1),
    instance: `127.0.0.1:${application.port + 1 + i}`,
    ...(service !== undefined && { service }),
    ...more,
  }));
}

const CHOICES: [WorkerAppMetrics, string | undefined][] = [
  [{ monitor: 'ServiceMonitor', endpoints: 'per-port', service: 'shared' }, 'shop'],
  [{ monitor: 'ServiceMonitor', endpoints: 'per-port', service: 'headless' }, 'shop-metrics'],
  [{ monitor: 'ServiceMonitor', endpoints: 'single', service: 'shared' }, 'shop'],
  [{ monitor: 'ServiceMonitor', endpoints: 'single', service: 'headless' }, 'shop-metrics'],
  [{ monitor: 'PodMonitor', endpoints: 'per-port' }, undefined],
  [{ monitor: 'PodMonitor', endpoints: 'single' }, undefined],
];

describe.each(CHOICES)('with %j', (metrics, service) => {
  test('every worker is a target, and all targets have the promised labels and no other', async () => {
    expect(await targetsOf(metrics)).toEqual(expected(service));
  });

  test('the pods are the same as with any other choice', () => {
    const deployment = (other: WorkerAppMetrics) =>
      application.manifestsWith(other).find(({ kind }) => kind === 'Deployment');

    expect(deployment(metrics)).toEqual(deployment({}));
  });
});

const EVERY_OPTION: WorkerAppMetrics = {
  labels: { team: 'web', price: '$1' },
  podLabels: ['app.kubernetes.io/version'],
  jobLabel: 'app.kubernetes.io/instance',
  relabelings: [
    { sourceLabels: ['endpoint'], regex: 'metrics-(.*)', targetLabel: 'slot', replacement: 'w$1' },
  ],
  metricRelabelings: [{ action: 'drop', sourceLabels: ['__name__'], regex: 'python_gc_.*' }],
};
const OPTIONS: WorkerAppMetrics[] = [
  { monitor: 'ServiceMonitor', endpoints: 'per-port', ...EVERY_OPTION },
  { monitor: 'PodMonitor', endpoints: 'single', ...EVERY_OPTION },
];

test.each(OPTIONS)(
  'labels, podLabels, jobLabel and relabelings reach targets, metricRelabelings samples: $monitor, $endpoints',
  async (metrics) => {
    const service = metrics.monitor === 'PodMonitor' ? undefined : 'shop';
    const labels = { team: 'web', price: '$1', app_kubernetes_io_version: '1.0' };

    const targets = await targetsOf(metrics);

    expect(targets).toEqual(expected(service, labels).map((target, i) => ({ ...target, slot: `w${i + 1}` })));
    // A target is up before Prometheus has stored its samples.
    await eventually(async () =>
      expect(await prometheus.get(metrics)?.value('count(python_info)')).toBe(WORKERS),
    );
    expect(await prometheus.get(metrics)?.query('python_gc_collections_total')).toEqual([]);
  },
);

const LIMITS: [WorkerAppMetrics, { sampleLimit: number } | { targetLimit: number }][] = [
  [{ monitor: 'ServiceMonitor' }, { sampleLimit: 5 }],
  [{ monitor: 'PodMonitor' }, { sampleLimit: 5 }],
  // The operator sets it for each job, and a job an endpoint has one target a pod.
  [{ monitor: 'ServiceMonitor', endpoints: 'single' }, { targetLimit: 2 }],
  [{ monitor: 'PodMonitor', endpoints: 'single' }, { targetLimit: 2 }],
];

/** As others' manifests may have it: in values so low a targetLimit is refused. */
function limited(manifests: readonly Manifest[], limits: object): Manifest[] {
  return manifests.map((manifest) =>
    manifest['kind'] === 'ServiceMonitor' || manifest['kind'] === 'PodMonitor'
      ? { ...manifest, spec: { ...mapAt(manifest, 'spec'), ...limits } }
      : manifest,
  );
}

test.each(LIMITS)('no target is up with %j and %j, which is too low', async (metrics) => {
  expect(await targetsOf(metrics, 'down')).toHaveLength(WORKERS);
});
