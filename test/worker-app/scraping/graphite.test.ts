import { problemsOf, shop, shopWith, specOf } from '../../a-worker-app.js';
import { gunicornSettings } from '../../../src/worker-app/gunicorn/gunicorn-settings.js';
import type { Graphite, WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';

function settingsIn(props: WorkerAppProps) {
  const spec = specOf(props);
  return spec.gunicorn && gunicornSettings(spec, spec.gunicorn).graphite;
}

const settingsOf = (graphite: Graphite) =>
  settingsIn(shop({ namespace: 'web', metrics: { exporter: 'gunicorn', graphite } }));

const problemsOfGraphite = (graphite: unknown, metrics: object = { exporter: 'gunicorn' }) =>
  problemsOf(shopWith({ metrics: { ...metrics, graphite } }));

test('the settings of gunicorn have the address to push to, the interval, and the tags that the manifests know', () => {
  expect(settingsOf({ host: 'graphite', port: 2013, interval: '1m30s', prefix: 'apps.shop' })).toEqual({
    host: 'graphite',
    port: 2013,
    interval: 90,
    prefix: 'apps.shop',
    tags: { namespace: 'web', job: 'shop' },
  });
});

test('without a port, an interval and a prefix they are 2003, 30 s and none', () => {
  expect(settingsOf({ host: 'graphite' })).toEqual({
    host: 'graphite',
    port: 2003,
    interval: 30,
    tags: { namespace: 'web', job: 'shop' },
  });
});

test('the tag job is the job of the targets', () => {
  const metrics = {
    exporter: 'gunicorn',
    jobLabel: 'app.kubernetes.io/instance',
    graphite: { host: 'g' },
  } as const;
  const props = shop({ instance: 'prod', metrics: { ...metrics, labels: { cluster: 'a' } } });

  expect(settingsIn(props)?.tags).toEqual({
    namespace: 'default',
    job: 'prod',
  });
});

test('the strategy multiprocess brings the exporter that pushes', () => {
  expect(problemsOfGraphite({ host: 'graphite' }, { strategy: 'multiprocess' })).toEqual([]);
});

const ASKED =
  'metrics.graphite: our gunicorn config pushes the metrics that it serves; set metrics.exporter to gunicorn, or remove it';
const HOST = 'a host name such as graphite.monitoring.svc, or an IPv4 address, without a port';

test.each([
  ['without an exporter', { host: 'graphite' }, {}, ASKED],
  ['with the exporter app', { host: 'graphite' }, { exporter: 'app' }, ASKED],
  ['without a host', {}, undefined, `metrics.graphite.host: missing; expected ${HOST}`],
  [
    'a port in the host',
    { host: 'g:2003' },
    undefined,
    `metrics.graphite.host: expected ${HOST}, got "g:2003"`,
  ],
  [
    'a port that is none',
    { host: 'g', port: 0 },
    undefined,
    'metrics.graphite.port: expected a whole number from 1 to 65535, got 0',
  ],
  [
    'an interval below a second',
    { host: 'g', interval: '500ms' },
    undefined,
    'metrics.graphite.interval: 500ms is below 1s, and Graphite stores at most one value per second; raise it to 1s or above',
  ],
  [
    'an empty word in the prefix',
    { host: 'g', prefix: 'a..b' },
    undefined,
    'metrics.graphite.prefix: expected words of letters, digits, "_" and "-", with "." between them, at most 200 characters, got "a..b"',
  ],
  [
    'a key that is none',
    { host: 'g', prefx: 'a' },
    undefined,
    'metrics.graphite.prefx: unknown key; did you mean "prefix"?',
  ],
] as const)('is refused: %s', (_, graphite, metrics, sentence) => {
  expect(problemsOfGraphite(graphite, metrics)).toEqual([sentence]);
});
