import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkerAppMetrics } from '../../src/index.js';
import { eventually } from './cluster/eventually.js';
import type { Prometheus } from './cluster/prometheus.js';
import { RunningApplication } from './cluster/running-application.js';

const WORKERS = 3;

let application: RunningApplication;
let prometheus: Prometheus | undefined;

beforeAll(async () => {
  application = await RunningApplication.start({
    workers: WORKERS,
    image: 'example/django-app:1.0',
    metrics: { exporter: 'gunicorn', workerLabel: true },
  });
  await eventually(60, () => application.expectAllUp());
});

afterAll(() => application.end());

afterEach(async () => {
  await prometheus?.end();
  prometheus = undefined;
});

/** The labels of all targets, once each was scraped, by the number of their worker. */
async function targetsOf(metrics: WorkerAppMetrics, health: 'up' | 'down' = 'up') {
  const scraping = await application.scrapedAs(application.manifestsWith(metrics));
  prometheus = scraping;
  const targets = await eventually(15, async () => {
    const found = await scraping.targets();
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

const OPTIONS: WorkerAppMetrics = {
  labels: { team: 'web', price: '$1' },
  podLabels: ['app.kubernetes.io/version'],
  jobLabel: 'app.kubernetes.io/instance',
  relabelings: [
    { sourceLabels: ['endpoint'], regex: 'metrics-(.*)', targetLabel: 'slot', replacement: 'w$1' },
  ],
  metricRelabelings: [{ action: 'drop', sourceLabels: ['__name__'], regex: 'python_gc_.*' }],
};

describe.each([
  ['per-port', 'ServiceMonitor', 'shop'],
  ['single', 'PodMonitor', undefined],
] as const)('with endpoints: %s and a %s', (endpoints, monitor, service) => {
  const metrics: WorkerAppMetrics = { endpoints, monitor };

  test('labels, podLabels, jobLabel and relabelings reach the targets, metricRelabelings the samples', async () => {
    const labels = { team: 'web', price: '$1', app_kubernetes_io_version: '1.0' };

    const targets = await targetsOf({ ...metrics, ...OPTIONS });

    expect(targets).toEqual(expected(service, labels).map((target, i) => ({ ...target, slot: `w${i + 1}` })));
    expect(await prometheus?.value('count(python_info)')).toBe(WORKERS);
    expect(await prometheus?.query('python_gc_collections_total')).toEqual([]);
  });

  test('a scrape with more samples than sampleLimit fails', async () => {
    await targetsOf({ ...metrics, sampleLimit: 5 }, 'down');
  });

  test('all scrapes of a monitor with more targets than targetLimit in a job fail', async () => {
    await targetsOf({ ...metrics, endpoints: 'single', targetLimit: 2 }, 'down');
  });
});
