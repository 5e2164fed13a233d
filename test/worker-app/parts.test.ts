import { describe, expect, jest, test } from '@jest/globals';
import { App, Chart } from 'cdk8s';
import { checkAtSynth, MetricsPorts, WorkerApp, WorkerMonitor, WorkerService } from '../../src/index.js';
import type { Loose } from '../manifests-of.js';

// The parts by themselves, in an app that has its own Deployment.

const ports = MetricsPorts.forWorkers(2, 9001);
const labels = { app: 'web' };

function chartWith(define: (chart: Chart) => unknown): Loose[] {
  const chart = new Chart(new App(), 'c');
  define(chart);
  return chart.toJson();
}

test('a WorkerService leads to container ports by their names', () => {
  const props = {
    name: 'web',
    namespace: 'shop',
    labels,
    selector: { tier: 'front' },
    servicePort: 8080,
    ports,
  };
  expect(chartWith((chart) => new WorkerService(chart, 'service', props))).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop', labels },
      spec: {
        type: 'ClusterIP',
        selector: { tier: 'front' },
        ports: [
          { name: 'http', port: 8080, protocol: 'TCP', targetPort: 'http' },
          { name: 'metrics-1', port: 9001, protocol: 'TCP', targetPort: 'metrics-1' },
          { name: 'metrics-2', port: 9002, protocol: 'TCP', targetPort: 'metrics-2' },
        ],
      },
    },
  ]);
});

test('a WorkerMonitor has an endpoint for each port', () => {
  const props = { name: 'web', namespace: 'shop', labels, selector: { app: 'web' }, ports, interval: '1m' };
  expect(chartWith((chart) => new WorkerMonitor(chart, 'monitor', props))).toEqual([
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'web', namespace: 'shop', labels },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        endpoints: [
          { port: 'metrics-1', interval: '1m' },
          { port: 'metrics-2', interval: '1m' },
        ],
      },
    },
  ]);
});

test.each([
  [{ interval: 'often' }, 'interval: expected a duration'],
  [{ interval: '1m', scrapeTimeout: '0s' }, 'scrapeTimeout: expected a duration'],
])('a WorkerMonitor refuses %j', (durations, message) => {
  const props = { name: 'web', namespace: 'shop', labels, selector: labels, ports, ...durations };
  const construct = () => chartWith((chart) => new WorkerMonitor(chart, 'monitor', props));
  expect(construct).toThrow(RangeError);
  expect(construct).toThrow(message);
});

describe('checkAtSynth', () => {
  function app(selector: Readonly<Record<string, string>>): App {
    const whole = new App();
    const chart = new Chart(whole, 'c');
    const metadata = { name: 'web', namespace: 'shop', labels };
    new WorkerService(chart, 'service', { ...metadata, selector: labels, servicePort: 80, ports });
    new WorkerMonitor(new Chart(whole, 'monitoring'), 'monitor', {
      ...metadata,
      selector,
      ports,
      interval: '30s',
    });
    checkAtSynth(whole);
    return whole;
  }

  test('makes synthesis fail, and names everything that is wrong, over all charts', () => {
    expect(() => app({ app: 'wep' }).synthYaml()).toThrow(
      / monitoring\/monitor\/\S+: ServiceMonitor shop\/web: spec\.selector: no Service in namespace shop with the labels app=wep/,
    );
    expect(() => app({ app: 'web' }).synthYaml()).toThrow(
      /Service shop\/web: spec\.selector: no pods in namespace shop with the labels app=web/,
    );
  });

  test('makes synthesis fail if two objects of one chart have the same name', () => {
    const whole = new App();
    const chart = new Chart(whole, 'c', { namespace: 'shop' });
    for (const id of ['a', 'b'])
      new WorkerApp(chart, id, { name: 'web', image: 'example/web:v1', workers: 2 });
    checkAtSynth(whole);
    expect(() => whole.synthYaml()).toThrow(
      /c\/a\/\S+, c\/b\/\S+: Deployment shop\/web: another object has the same kind, namespace and name; one overwrites the other/,
    );
  });

  describe('of an app with a chart for each cluster', () => {
    /** The same application in two clusters, with what the second has beside it. */
    function clusters(inProduction: (chart: Chart) => void = () => {}) {
      const whole = new App();
      const charts = ['dev', 'production'].map((cluster) => {
        const chart = new Chart(whole, cluster, { namespace: 'shop', disableResourceNameHashes: true });
        new WorkerApp(chart, 'web', { name: 'web', image: 'example/web:v1', workers: 2 });
        if (cluster === 'production') inProduction(chart);
        return chart;
      });
      return { whole, charts };
    }

    test('judges each chart by itself, where it is given charts', () => {
      const { whole, charts } = clusters();
      for (const chart of charts) checkAtSynth(chart);
      expect(whole.synthYaml()).toContain('name: web');
    });

    test('makes synthesis fail if one chart has a problem', () => {
      const { whole, charts } = clusters((chart) => {
        const monitor = { name: 'again', namespace: 'shop', labels, selector: { 'app.kubernetes.io/name': 'web' } };
        new WorkerMonitor(chart, 'again', { ...monitor, ports: MetricsPorts.forWorkers(1, 8001), interval: '30s' });
      }); // prettier-ignore
      for (const chart of charts) checkAtSynth(chart);
      const wrong =
        /\[production\] production\/web\/\S+: Deployment shop\/web: .*: metrics-1 \(8001\) is scraped 2 times: by ServiceMonitor shop\/web spec\.endpoints\[0\] through Service shop\/web, and by ServiceMonitor shop\/again spec\.endpoints\[0\] through Service shop\/web/;
      expect(() => whole.synthYaml()).toThrow(wrong);
    });

    describe('that takes all charts for one cluster, because it is given the app', () => {
      const OVERWRITTEN =
        'Deployment shop/web: another object has the same kind, namespace and name; one overwrites the other';

      test('prints a warning, and does not fail', () => {
        const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
        const { whole } = clusters();
        checkAtSynth(whole);
        expect(whole.synthYaml()).toContain('name: web');
        expect(warn.mock.calls.flat()).toContainEqual(
          expect.stringMatching(/^warning: dev\/web\/\S+, production\/web\/\S+: /),
        );
        expect(warn.mock.calls.flat().join('\n')).toContain(OVERWRITTEN);
        warn.mockRestore();
      });

      test('fails on a warning if it is strict', () => {
        const { whole } = clusters();
        checkAtSynth(whole, { strict: true });
        expect(() => whole.synthYaml()).toThrow(OVERWRITTEN);
      });
    });
  });

  test('accepts manifests without a problem', () => {
    const empty = new App();
    new Chart(empty, 'c');
    checkAtSynth(empty);
    expect(empty.synthYaml()).toBe('');
  });
});
