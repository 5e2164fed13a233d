import * as fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { parseValues } from '../../src/values/parse-values.js';
import { HELM, HelmChart } from './helm-chart.js';

let chart: HelmChart;
beforeEach(() => (chart = new HelmChart()));
afterEach(() => chart.remove());

test('the labels of the monitor, by which Prometheus finds it, become labels', () => {
  const labelled = (labels: object) =>
    chart.converted(`${HELM}serviceMonitor: ${JSON.stringify({ enabled: true, labels })}\n`)['labels'];
  expect(labelled({ release: 'prom' })).toEqual({ release: 'prom' });
  expect(labelled({ 'app.kubernetes.io/name': 'a' })).toBeUndefined();
});

describe('a chart that makes no monitor', () => {
  const WITHOUT_PORTS = HELM.replace(', METRICS_START_PORT: 9001', '');
  const WRITTEN =
    'the chart makes no monitor, and metrics: false is written; remove that to have each worker scraped';

  test.each([
    ['serviceMonitor.enabled', 'serviceMonitor: { enabled: false, interval: 15s, labels: { a: b } }'],
    ['metrics.serviceMonitor.enabled', 'metrics: { enabled: true, serviceMonitor: { enabled: false } }'],
    ['metrics.enabled', 'metrics: { enabled: false, serviceMonitor: { enabled: true, interval: 15s } }'],
    ['metrics.enabled', 'metrics: { enabled: false }'],
  ])('has no metrics: %s', (path, more) => {
    const { values, warnings } = chart.imported(`${WITHOUT_PORTS}${more}\n`, { instance: 'shop' });

    expect(values).toMatchObject({ metrics: false, workers: 3 });
    expect(values).not.toHaveProperty('labels');
    expect(warnings).toEqual([expect.stringMatching(new RegExp(`: ${path}: ${WRITTEN}$`))]);
  });

  test('keeps the metrics ports that it gives the workers', () => {
    const { values, warnings } = chart.imported(`${HELM}serviceMonitor: { enabled: false }\n`, {
      instance: 'shop',
    });

    expect(values).toMatchObject({ metrics: { startPort: 9001 } });
    expect(warnings).toEqual([
      expect.stringMatching(
        /serviceMonitor\.enabled: the chart makes no monitor, and these values make one for the metrics ports of the workers; for neither, write metrics: false$/,
      ),
    ]);
  });

  test.each(['', 'metrics: { path: /metrics }', 'serviceMonitor: { interval: 15s }'])(
    'is no chart that does not say it: %s',
    (more) => {
      expect(chart.imported(`${WITHOUT_PORTS}${more}\n`).values['metrics']).not.toBe(false);
    },
  );
});

test.each([
  ['no resources are no resources, not our defaults', {}, null],
  ['resources of null are none', null, null],
  ['a limit alone brings no request with it', { limits: { cpu: 1 } }, { requests: null, limits: { memory: null, cpu: 1 } }],
  ['a request alone brings no limit with it', { requests: { cpu: 1 } }, { requests: { cpu: 1, memory: null }, limits: null }],
])('%s', (_, resources, expected) => {
  expect(chart.converted(`${HELM}resources: ${JSON.stringify(resources)}\n`)['resources']).toEqual(expected);
}); // prettier-ignore

test('values without resources set none: then the chart sets none', () => {
  expect(chart.converted(HELM)).toMatchObject({ resources: null });
});

test('an empty variable is carried over without a warning', () => {
  const imported = chart.result(HELM.replace('DEBUG: true', 'E: ""'));
  expect(load(imported.text)).toMatchObject({ env: { E: '' } });
  expect(imported.unused).toEqual(['ingress.enabled', 'ingress.hosts', 'tolerations']);
});

test('a values file has the values of every application that it was made from', () => {
  const name = fc.stringMatching(/^[A-Z][A-Z_]{0,8}$/);
  const text = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.constantFrom('true', 'yes', '0x1', '~', ''),
  );
  const application = fc.record({
    workers: fc.integer({ min: 1, max: 100 }),
    startPort: fc.integer({ min: 8001, max: 65_000 }),
    replicas: fc.integer({ min: 0, max: 50 }),
    servicePort: fc.integer({ min: 1, max: 1000 }),
    env: fc.dictionary(name, text, { maxKeys: 4 }),
  });
  fc.assert(
    fc.property(application, ({ workers, startPort, replicas, servicePort, env }) => {
      const helm = {
        fullnameOverride: 'shop',
        replicaCount: replicas,
        image: { repository: 'a/b', tag: '1' },
        service: { type: 'ClusterIP', port: servicePort },
        env: { config: { ...env, WEB_CONCURRENCY: workers, METRICS_START_PORT: startPort } },
      };
      const parsed = parseValues([{ file: 'f', text: chart.result(dump(helm)).text }]);
      expect(parsed.problems).toEqual([]);
      expect(parsed.values[0]?.spec).toMatchObject({
        name: 'shop',
        image: 'a/b:1',
        replicas,
        workers,
        http: { servicePort },
        metrics: { startPort },
        ...(Object.keys(env).length > 0 && { env: { ...env } }),
        resources: { requests: {}, limits: {} },
      });
    }),
    { numRuns: 50 },
  );
});

test('a value that has the name of a field, but not its form, is named', () => {
  const helm = `${HELM}command: gunicorn\nstrategy: RollingUpdate\nvolumes: { data: x }\nresources: 3\n`;

  const { notCarried } = chart.result(helm);

  expect(notCarried.map(({ field }) => field)).toEqual([
    'database.port',
    'command',
    'strategy',
    'volumes.data',
    'resources',
  ]);
});
