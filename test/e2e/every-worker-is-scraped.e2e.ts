import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from './cluster/eventually.js';
import { RunningApplication } from './cluster/running-application.js';

describe.each(['app', 'gunicorn'] as const)('with metrics.exporter: %s', (exporter) => {
  let application: RunningApplication;

  beforeAll(async () => {
    application = await RunningApplication.start({ metrics: { exporter } });
  });

  afterAll(() => application.end());

  test('all targets are up, one a worker, each another process', async () => {
    const processes = await eventually(() => application.expectAllUp());

    expect(processes).toHaveLength(5);
  });

  test('a target says which pod, container, Service and worker it is', async () => {
    const series = await eventually(async () => {
      const found = await application.prometheus.query('up');
      expect(found.map(({ labels }) => labels['endpoint']).toSorted()).toEqual([
        'metrics-1',
        'metrics-2',
        'metrics-3',
        'metrics-4',
        'metrics-5',
      ]);
      return found;
    });
    for (const { labels } of series) {
      expect(labels).toMatchObject({
        namespace: 'e2e',
        service: 'shop',
        job: 'shop',
        pod: 'shop-0',
        container: 'app',
      });
    }
  });

  test('after exactly 60 requests the summed counter is 60, and no counter was ever reset', async () => {
    const before = await application.prometheus.query('sum(django_http_requests_total_by_method_total)');
    const statuses = await Promise.all(Array.from({ length: 60 }, () => application.request('/')));

    expect(statuses).toEqual(Array.from({ length: 60 }, () => 200));
    await eventually(async () => {
      const total = await application.prometheus.value('sum(django_http_requests_total_by_method_total)');
      expect(total - (before[0]?.value ?? 0)).toBe(60);
    });
    expect(
      await application.prometheus.query('resets(django_http_requests_total_by_method_total[5m]) > 0'),
    ).toEqual([]);
  });

  test("the collector's metrics come from every worker", async () => {
    await eventually(async () => {
      const windows = await application.prometheus.query('billing_service_window_in_window{team="a"}');
      expect(new Set(windows.map(({ labels }) => labels['endpoint'])).size).toBe(5);
    });
  });
});
