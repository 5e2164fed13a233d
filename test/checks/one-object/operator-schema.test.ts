import { afterwards, type DiagnosticCase, type FineCase } from '../one-change.js';

const DURATION =
  'expected a duration such as 30s, 5m or 1h30m (units y, w, d, h, m, s and ms, in this order)';

test.each<DiagnosticCase>([
  [
    'a bad interval',
    ({ monitor }) => (monitor.spec.endpoints[0].interval = '15 s'),
    `ServiceMonitor default/shop: spec.endpoints[0].interval: ${DURATION}, got "15 s"`,
  ],
  [
    'an interval that is a number, once',
    ({ monitor }) => (monitor.spec.endpoints[0].interval = 15),
    `ServiceMonitor default/shop: spec.endpoints[0].interval: ${DURATION}, got 15`,
  ],
  [
    'an unknown scheme',
    ({ monitor }) => (monitor.spec.endpoints[0].scheme = 'gopher'),
    'ServiceMonitor default/shop: spec.endpoints[0].scheme: expected one of http, https, HTTP, HTTPS, got "gopher"',
  ],
  [
    'a target port of neither of two types',
    ({ monitor }) => (monitor.spec.endpoints[0].targetPort = true),
    'ServiceMonitor default/shop: spec.endpoints[0].targetPort: expected text or a whole number, got true',
  ],
  [
    'a label that is a number',
    ({ monitor }) => (monitor.spec.selector.matchLabels['a/b~c'] = 5),
    'ServiceMonitor default/shop: spec.selector.matchLabels["a/b~c"]: expected text, got 5; put it in quotes, as you wrote it',
  ],
  [
    'labels straight under a selector',
    ({ monitor }) => (monitor.spec.selector = { app: 'other' }),
    'ServiceMonitor default/shop: spec.selector.app: unknown field; labels go under matchLabels',
  ],
  [
    'a field that is misspelt deep in an endpoint',
    ({ monitor }) => (monitor.spec.endpoints[1].tlsConfig = { ca: { secret: { name: 'a', kye: 'b' } } }),
    'ServiceMonitor default/shop: spec.endpoints[1].tlsConfig.ca.secret.kye: unknown field; did you mean "key"?',
  ],
  [
    'a field of another kind',
    ({ monitor }) => (monitor.spec.podMetricsEndpoints = []),
    'ServiceMonitor default/shop: spec.podMetricsEndpoints: unknown field; did you mean "endpoints"?',
  ],
  [
    'a number as the name of a port',
    ({ monitor }) => (monitor.spec.endpoints[0].port = 8001),
    'ServiceMonitor default/shop: spec.endpoints[0].port: expected the name of a port, got 8001; for a number write targetPort: 8001',
  ],
  [
    'a list of no endpoints',
    ({ monitor }) => (monitor.spec.endpoints = []),
    'ServiceMonitor default/shop: spec.endpoints: empty: the monitor scrapes nothing; add an endpoint such as { port: metrics }',
  ],
  [
    'a PodMonitor with the field of a ServiceMonitor',
    ({ all }) => all.push({
      apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: 'a' },
      spec: { selector: {}, endpoints: [{ port: 'http' }] },
    }), // prettier-ignore
    'PodMonitor default/a: spec.podMetricsEndpoints: missing: the monitor scrapes nothing; add an endpoint such as { port: metrics }',
  ],
  [
    'a field beside the spec',
    ({ monitor }) => (monitor.endpoints = []),
    'ServiceMonitor default/shop: endpoints: unknown field',
  ],
  [
    'no selector',
    ({ monitor }) => delete monitor.spec.selector,
    'ServiceMonitor default/shop: spec.selector: missing; expected a value',
  ],
  [
    'a PodMonitor with a bad interval',
    ({ all }) => all.push({
      apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: 'a' },
      spec: { selector: {}, podMetricsEndpoints: [{ port: 'http', interval: 'often' }] },
    }), // prettier-ignore
    `PodMonitor default/a: spec.podMetricsEndpoints[0].interval: ${DURATION}, got "often"`,
  ],
])("the operator's schema finds %s, and names the field", (_, change, diagnostic) => {
  expect(afterwards(change).filter((line) => line === diagnostic)).toEqual([diagnostic]);
});

test.each<FineCase>([
  [
    'the metadata and status that the API server adds',
    ({ monitor }) => {
      Object.assign(monitor.metadata, { uid: 'a', generation: 1, managedFields: [{ manager: 'kubectl', fieldsV1: { 'f:spec': {} } }] });
      monitor.status = { bindings: [] };
    },
  ],
  ['labels and parameters of any name', ({ monitor }) => (monitor.spec.endpoints[0].params = { 'match[]': ['up'] })],
])('%s are no unknown fields', (_, change) => {
  expect(afterwards(change)).toEqual([]);
}); // prettier-ignore
