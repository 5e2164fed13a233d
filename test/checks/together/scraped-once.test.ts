import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { trace } from '../../../src/checks/trace/trace.js';
import {
  byApp,
  diagnostics,
  labels,
  podMonitor,
  service,
  serviceMonitor,
  workload,
} from '../manifests-of-others.js';

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
  expect(diagnostics(web, http, read(one, other))).toEqual([]);
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
  expect(diagnostics(web, http, read(one, other))).toEqual([TWICE]);
  expect(trace([web, http, read(one, other)]).chains.map(({ isWhole }) => isWhole)).toEqual([false, false]);
}); // prettier-ignore

test('a port of any name that two Services with the same labels lead to is scraped twice, and both are named', () => {
  expect(diagnostics(web, http, headless, read({}))).toEqual([
    'Deployment shop/web: spec.template.spec.containers[0].ports[0]: http (8000) is scraped 2 times: by ServiceMonitor shop/web spec.endpoints[0] through Service shop/web, and by ServiceMonitor shop/web spec.endpoints[0] through Service shop/web-headless',
  ]);
});

test('a port that a ServiceMonitor and a PodMonitor read is scraped twice', () => {
  const byPod = podMonitor({ podMetricsEndpoints: [{ port: 'http' }] });
  expect(diagnostics(web, http, read({}), byPod)).toEqual([
    expect.stringContaining('http (8000) is scraped 2 times'),
  ]);
});

test('a port that no container declares is scraped twice, too', () => {
  const byNumber = { ...http, spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 8001 }] } };
  const lines = diagnostics(web, byNumber, read({}, {})).filter((line) => line.includes('scraped 2 times'));
  expect(lines).toEqual([
    expect.stringContaining(
      'Deployment shop/web: spec.template.spec.containers: port 8001 is scraped 2 times',
    ),
  ]);
});

test('two ports of a Service that lead to one container port are one target of an endpoint without a port', () => {
  const ports = ['http', 'metrics'].map((name, i) => ({ name, port: 80 + i, targetPort: 'http' }));
  const both = { ...http, spec: { selector: { app: 'web' }, ports } };
  expect(diagnostics(web, both, serviceMonitor({ endpoints: [{}] }))).toEqual([]);
});

describe('two Prometheus of the operator', () => {
  const prometheus = (name: string, spec: object, namespace = 'shop'): Manifest => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name, namespace },
    spec,
  });
  const monitor = (team: string) => ({
    ...read({}),
    metadata: { name: team, namespace: 'shop', labels: { team } },
  });
  const asks = (team: string) => ({ serviceMonitorSelector: { matchLabels: { team } } });
  const everything = { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} };
  const both = [web, http, monitor('a'), monitor('b')];
  const counts = (...manifests: Manifest[]) => diagnostics(...both, ...manifests).length;

  test('read a port once each, where each uses a monitor of its own', () => {
    expect(counts(prometheus('a', asks('a')), prometheus('b', asks('b')))).toBe(0);
    expect(counts(prometheus('a', asks('a')))).toBe(0);
  });

  test('read it twice, where one uses both monitors', () => {
    expect(counts(prometheus('a', asks('a')), prometheus('all', everything, 'monitoring'))).toBe(1);
    expect(counts(prometheus('none', {}))).toBe(1);
    expect(counts(prometheus('elsewhere', { serviceMonitorSelector: {} }, 'monitoring'))).toBe(1);
  });

  const inTier = { ...everything, serviceMonitorNamespaceSelector: { matchLabels: { tier: 'a' } } };
  const byName = { ...everything, serviceMonitorNamespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };
  const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

  test.each<[string, object, string, object[], boolean]>([
    ['asks for another label', asks('c'), 'shop', [], true],
    ['asks for its label', asks('a'), 'shop', [], false],
    ['has no selector', {}, 'shop', [], true],
    ['looks in its own namespace', { serviceMonitorSelector: {} }, 'monitoring', [], true],
    ['looks in every namespace', everything, 'monitoring', [], false],
    ['looks in namespaces by name', byName, 'monitoring', [], false],
    ['looks in namespaces by a label that nobody shows', inTier, 'monitoring', [], false],
    ['looks in namespaces by another label', inTier, 'monitoring', [shop], true],
  ])('trace warns of a monitor that no Prometheus uses: it %s', (_, spec, namespace, others, isUnused) => {
    const { chains, diagnostics } = trace([web, http, monitor('a'), prometheus('p', spec, namespace), ...others] as Manifest[]);
    expect(chains.every(({ isWhole }) => isWhole)).toBe(true);
    expect(diagnostics.map(({ severity, object }) => [severity, object])).toEqual(isUnused ? [['warning', 'ServiceMonitor shop/a']] : []);
  });
}); // prettier-ignore

describe('a metrics port that no monitor reads', () => {
  const severities = (change: object, ...others: Manifest[]) => {
    const changed = { ...container, ports: [{ name: 'metrics', containerPort: 9000 }], ...change };
    const template = { metadata: { labels }, spec: { containers: [changed] } };
    const { chains, diagnostics } = trace([workload('Deployment', { selector: byApp, template }), ...others]);
    return [diagnostics.map(({ severity }) => severity), chains.map(({ isWhole }) => isWhole)];
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

  test('is a warning if an object that is not checked may scrape it', () => {
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
