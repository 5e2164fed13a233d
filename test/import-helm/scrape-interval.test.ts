import { mapAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { deployment } from './manifests.js';
import { METRICS, web, service, monitor, imported, SUMS, workers, WORKER_PORTS } from './monitored-chart.js';

describe('an endpoint without an interval keeps that of Prometheus', () => {
  const intervals = (manifests: readonly Manifest[]) =>
    manifests
      .filter(({ kind }) => kind === 'ServiceMonitor' || kind === 'PodMonitor')
      .flatMap(({ spec }) =>
        ['endpoints', 'podMetricsEndpoints'].flatMap((list) => mapAt({ spec }, 'spec')[list] ?? []),
      )
      .map((endpoint) => mapAt(endpoint)['interval']);

  test('if there is one for all workers', () => {
    const service80 = service([{ name: 'metrics', port: 9300, targetPort: 'metrics' }]);
    const { manifests, losses, problems } = imported(
      web(METRICS),
      service80,
      monitor('ServiceMonitor', SUMS),
    );

    expect(problems).toEqual([]);
    expect(intervals(manifests)).toEqual([undefined]);
    expect(losses).toEqual([]);
  });

  test('or is a loss, if there is one for each worker', () => {
    const endpoints = [1, 2, 3].map((i) => ({ port: `metrics-${i}` }));
    const chart = [
      deployment({}, workers(9001)),
      service(WORKER_PORTS),
      monitor('ServiceMonitor', endpoints),
    ];
    const { losses, cosmetic } = imported(...chart);

    expect(losses).toEqual([
      expect.objectContaining({
        cost: 'metrics',
        message:
          'nothing in the chart, "30s" here: without an interval, the monitor of the chart has that of Prometheus, by the operator\'s default 30s',
      }),
    ]);
    expect(cosmetic.flatMap(({ fields }) => fields).filter((field) => field.includes('interval'))).toEqual(
      [],
    );
  });

  test('and one with an interval has no loss', () => {
    const endpoints = [1, 2, 3].map((i) => ({ port: `metrics-${i}`, interval: '10s' }));
    const chart = [
      deployment({}, workers(9001)),
      service(WORKER_PORTS),
      monitor('ServiceMonitor', endpoints),
    ];
    const { losses, manifests } = imported(...chart);

    expect(losses).toEqual([]);
    expect(intervals(manifests)).toEqual(['10s', '10s', '10s']);
  });
});
