import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, textAt } from '../../src/kubernetes/manifest.js';
import { eventually } from './cluster/eventually.js';
import { listeners } from './cluster/listeners.js';
import { RunningApplication } from './cluster/running-application.js';
import { holds } from './stack/holds.js';

const EVERY_DAY = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

let application: RunningApplication;

beforeAll(async () => {
  application = await RunningApplication.start({
    workers: 2,
    metrics: { exporter: 'gunicorn' },
    env: { DJANGO_EXPORT_MIGRATIONS: '1' },
    alerts: {
      workersNotScraped: { for: '1s' },
      errorRatio: { for: '1s', threshold: 0.1, onlyIn: 'billing-api' },
      latency: { for: '1s', threshold: 0.5, onlyIn: 'archive' },
    },
    dashboard: true,
    serviceWindows: [
      // One around the clock, one for a minute half a day from now.
      { component: 'billing-api', labels: { team: 'a' }, days: EVERY_DAY, start: '00:00', end: '00:00' },
      { component: 'archive', days: EVERY_DAY, ...minuteIn(12) },
    ],
  });
  await eventually(() => application.expectAllUp());
});

afterAll(() => application.end());

/** The minute of the day that begins so many hours from now, in UTC. */
function minuteIn(hours: number): { start: string; end: string } {
  const clock = (minutes: number) =>
    new Date(Date.now() + (hours * 60 + minutes) * 60_000).toISOString().slice(11, 16);
  return { start: clock(0), end: clock(1) };
}

async function firing(alertname: string) {
  const alerts = await application.prometheus.alerts();
  return alerts.filter(({ labels, state }) => labels['alertname'] === alertname && state === 'firing');
}

describe('a worker without its port', () => {
  test('fires an alert, which clears when the port is back', async () => {
    await eventually(async () => expect(await firing('WorkersNotScraped')).toEqual([]));
    const port = application.port + 2;
    const worker = listeners([port]).get(port) ?? 0;
    const thief = createServer();

    // While gunicorn's master is stopped, no new worker takes the port.
    application.pod.master.signal('SIGSTOP');
    process.kill(worker, 'SIGKILL');
    await eventually(async () => {
      thief.listen(port);
      await once(thief, 'listening'); // rejects while the port is taken
    });
    application.pod.master.signal('SIGCONT');

    // It may begin with another number: a scrape of the other worker can fail, too.
    await eventually(async () =>
      expect(await firing('WorkersNotScraped')).toMatchObject([
        {
          labels: { namespace: 'e2e', job: 'shop', pod: 'shop-0', severity: 'critical' },
          annotations: {
            description: expect.stringContaining(
              'scrapes 1 targets of pod shop-0. A pod of this release has 2.',
            ),
          },
        },
      ]),
    );

    thief.close();
    await eventually(async () => expect(await firing('WorkersNotScraped')).toEqual([]));
    await eventually(() => application.expectAllUp());
  });
});

describe('service windows', () => {
  test('are loaded by the application from the ConfigMap', async () => {
    await eventually(async () => {
      expect(await application.prometheus.value('min(billing_api_service_window_in_window{team="a"})')).toBe(
        1,
      );
      expect(await application.prometheus.value('max(archive_service_window_in_window)')).toBe(0);
    });
  });

  test('let an alert fire inside and keep it quiet outside', async () => {
    await eventually(async () => {
      await Promise.all([application.request('/fail/'), application.request('/slow/?seconds=1')]);
      expect(await firing('HighErrorRatio')).toHaveLength(1);
      expect(
        await application.prometheus.value(`histogram_quantile(0.95, ${RECORDED_LATENCY})`),
      ).toBeGreaterThan(0.5);
    });
    // It would have fired after one second.
    await holds(3, async () => expect(await firing('HighLatency')).toEqual([]));
  });
});

const RECORDED_LATENCY = 'namespace_job_le:django_http_requests_latency_seconds:rate';

test('every query of the dashboard gives data', async () => {
  const found = application.manifests.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && textAt(metadata, 'name') === 'shop-dashboard',
  );
  const dashboard = JSON.parse(textAt(at(found, 'data'), 'e2e.shop.json') ?? '') as {
    panels: { title: string; targets?: { expr: string }[] }[];
  };
  const queries = dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ title, expr })),
  );

  expect(queries.length).toBeGreaterThanOrEqual(10);
  await eventually(async () => {
    await application.request('/');
    for (const { title, expr } of queries) {
      const series = await application.prometheus.query(expr);
      const numbers = series.filter(({ value }) => Number.isFinite(value)).length;
      if (numbers === 0 || numbers < series.length)
        throw new Error(`${title}: ${expr} gives ${numbers} numbers in ${series.length} series`);
    }
  });
});

test('the recorded sums and the count of migrations are there', async () => {
  const { prometheus } = application;
  await eventually(async () => {
    expect(await prometheus.value('max(django_migrations_unapplied_total{job="shop"})')).toBe(0);
    expect(await prometheus.value('namespace_job_pod:up:sum{job="shop"}')).toBe(2);
  });
});
