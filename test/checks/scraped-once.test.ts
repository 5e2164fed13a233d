import type { Manifest } from '../../src/checks/manifest.js';
import { trace } from '../../src/trace/trace.js';
import {
  byApp,
  findings,
  labels,
  podMonitor,
  service,
  serviceMonitor,
  workload,
} from './manifests-of-others.js';

// One port with the name http, one Service that leads to it, and endpoints that read it.

const container = { name: 'web', image: 'web', ports: [{ name: 'http', containerPort: 8000 }] };
const web = workload('Deployment', {
  selector: byApp,
  template: {
    metadata: { labels, annotations: { 'prometheus.io/path': '/stats' } },
    spec: { containers: [container] },
  },
});
const http: Manifest = {
  ...service,
  spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
};
const headless = { ...http, metadata: { ...(http['metadata'] as object), name: 'web-headless' } };
const read = (...endpoints: object[]) =>
  serviceMonitor({ endpoints: endpoints.map((one) => ({ port: 'http', ...one })) });
const setPath = (replacement: string, ...sourceLabels: string[]) => ({
  relabelings: [{ targetLabel: '__metrics_path__', replacement, sourceLabels }],
});
const setTarget = (replacement: string) => ({
  relabelings: [{ targetLabel: '__param_target', replacement }],
});
const filter = (action: string) => ({
  metricRelabelings: [{ action, sourceLabels: ['__name__'], regex: 'http_.*' }],
});

const TWICE =
  'Deployment shop/web: spec.template.spec.containers[0].ports[0]: http (8000) is scraped 2 times: by ServiceMonitor shop/web spec.endpoints[0] through Service shop/web, and by ServiceMonitor shop/web spec.endpoints[1] through Service shop/web';

test.each<[string, object, object]>([
  ['its own path', { path: '/metrics/cluster' }, { path: '/metrics/node' }],
  ['the default path and another', {}, { path: '/probe' }],
  ['its own parameters', { path: '/probe', params: { target: ['a'] } }, { path: '/probe', params: { target: ['b'] } }],
  ['parameters, and none', { params: { target: ['a'] } }, {}],
  ['its own second value of a parameter', { params: { 'match[]': ['a', 'b'] } }, { params: { 'match[]': ['a', 'c'] } }],
  ['a path that relabelling writes', {}, setPath('/stats')],
  ['a path that relabelling takes from an annotation of the pod', {}, setPath('$1', '__meta_kubernetes_pod_annotation_prometheus_io_path')],
  ['a path that only the cluster knows', {}, setPath('/$1', '__meta_kubernetes_pod_name')],
  ['a parameter that relabelling writes', setTarget('a'), setTarget('b')],
  ['its own part of the samples', filter('keep'), filter('drop')],
])('a port is scraped once where each endpoint reads %s', (_, one, other) => {
  expect(findings(web, http, read(one, other))).toEqual([]);
  expect(trace([web, http, read(one, other)]).chains.map(({ isWhole }) => isWhole)).toEqual([true, true]);
}); // prettier-ignore

test.each<[string, object, object]>([
  ['no path, and the default path', {}, { path: '/metrics' }],
  ['an empty path, and one without its slash', { path: '' }, { path: 'metrics' }],
  ['one page at other intervals', { interval: '10s' }, { interval: '60s' }],
  ['the same parameters in another order', { params: { a: ['1'], b: ['2'] } }, { params: { b: ['2'], a: ['1'] } }],
  ['a path that relabelling writes as the other names it', { path: '/stats' }, setPath('/stats')],
  ['all samples, and a part of them', {}, filter('keep')],
  ['the same part of the samples', filter('keep'), filter('keep')],
  ['one page under two labels', {}, { relabelings: [{ targetLabel: 'team', replacement: 'a' }] }],
])('a port is scraped twice where two endpoints read %s', (_, one, other) => {
  expect(findings(web, http, read(one, other))).toEqual([TWICE]);
  expect(trace([web, http, read(one, other)]).chains.map(({ isWhole }) => isWhole)).toEqual([false, false]);
}); // prettier-ignore

test('a port of any name that two Services with the same labels lead to is scraped twice, and both are named', () => {
  expect(findings(web, http, headless, read({}))).toEqual([
    'Deployment shop/web: spec.template.spec.containers[0].ports[0]: http (8000) is scraped 2 times: by ServiceMonitor shop/web spec.endpoints[0] through Service shop/web, and by ServiceMonitor shop/web spec.endpoints[0] through Service shop/web-headless',
  ]);
});

test('a port that a ServiceMonitor and a PodMonitor read is scraped twice', () => {
  const byPod = podMonitor({ podMetricsEndpoints: [{ port: 'http' }] });
  expect(findings(web, http, read({}), byPod)).toEqual([
    expect.stringContaining('http (8000) is scraped 2 times'),
  ]);
});

test('a port that no container declares is scraped twice, too', () => {
  const byNumber = { ...http, spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 8001 }] } };
  const lines = findings(web, byNumber, read({}, {})).filter((line) => line.includes('scraped 2 times'));
  expect(lines).toEqual([
    expect.stringContaining(
      'Deployment shop/web: spec.template.spec.containers: port 8001 is scraped 2 times',
    ),
  ]);
});

test('two ports of a Service that lead to one container port are one target of an endpoint without a port', () => {
  const ports = ['http', 'metrics'].map((name, i) => ({ name, port: 80 + i, targetPort: 'http' }));
  const both = { ...http, spec: { selector: { app: 'web' }, ports } };
  expect(findings(web, both, serviceMonitor({ endpoints: [{}] }))).toEqual([]);
});

describe('a metrics port that no monitor reads', () => {
  const severities = (change: object, ...others: Manifest[]) => {
    const changed = { ...container, ports: [{ name: 'metrics', containerPort: 9000 }], ...change };
    const template = { metadata: { labels }, spec: { containers: [changed] } };
    const { chains, findings } = trace([workload('Deployment', { selector: byApp, template }), ...others]);
    return [findings.map(({ severity }) => severity), chains.map(({ isWhole }) => isWhole)];
  };

  test('is a warning where it is named metrics alone: another Prometheus may find it', () => {
    expect(severities({})).toEqual([['warning'], []]);
  });

  test.each([
    ['has a number', { ports: [{ name: 'metrics-1', containerPort: 9000 }], env: [] }],
    ['stands in the environment', { env: [{ name: 'METRICS_START_PORT', value: '9000' }] }],
    ['sums workers by files', { env: [{ name: 'PROMETHEUS_MULTIPROC_DIR', value: '/tmp' }] }],
  ])('is an error where it %s', (_, change) => {
    const [found, chains] = severities(change);
    expect([found?.[0], chains]).toEqual(['error', [false]]);
  });

  test('is a warning where something may read it that is not followed', () => {
    const scrapeConfig = {
      apiVersion: 'monitoring.coreos.com/v1alpha1',
      kind: 'ScrapeConfig',
      metadata: { name: 'pods', namespace: 'shop' },
      spec: { kubernetesSDConfigs: [{ role: 'Pod' }] },
    };
    const env = [{ name: 'METRICS_START_PORT', value: '9000' }];
    expect(severities({ env }, scrapeConfig)).toEqual([['warning'], []]);
  });
});
