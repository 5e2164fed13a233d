import { importHelm } from '../../src/import-helm/import-helm.js';
import { deployment, Manifests, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

/** `String` of this map throws. */
const HOSTILE = { toString: null };

const monitor = (endpoint: object) => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'prod-shop', namespace: 'shop' },
  spec: { selector: { matchLabels: SERVICE.metadata.labels }, endpoints: [endpoint] },
});
const autoscaler = (scaleTargetRef: object) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'prod-shop', namespace: 'shop' },
  spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'prod-shop', ...scaleTargetRef } },
});
const withPort = (port: object) => ({
  ...SERVICE,
  spec: { ...SERVICE.spec, ports: [{ name: 'web', port: 80, targetPort: 'web', ...port }] },
});

test.each<[string, ...object[]]>([
  ['the name of a port of the container', deployment({}, { ports: [{ name: HOSTILE, containerPort: 8000 }] })],
  ['the name of a variable', deployment({}, { env: [{ name: HOSTILE, value: 'a' }] })],
  ['the number of workers', deployment({}, { env: [{ name: 'WEB_CONCURRENCY', value: HOSTILE }] })],
  ['the first metrics port', deployment({}, { env: [{ name: 'METRICS_START_PORT', value: HOSTILE }] }), monitor({ port: 'web' })],
  ['a header of a probe', deployment({}, { readinessProbe: { httpGet: { port: 8000, httpHeaders: [{ name: HOSTILE }] } } })],
  ['the name of a port of the Service', deployment(), withPort({ name: HOSTILE }), monitor({ port: 'web' })],
  ['the port of a monitor', deployment(), SERVICE, monitor({ port: HOSTILE })],
  ['the kind that an autoscaler scales', deployment(), SERVICE, autoscaler({ kind: HOSTILE })],
  ['the name that an autoscaler scales', deployment(), SERVICE, autoscaler({ name: HOSTILE })],
])('a map with the key toString as %s gives values or problems', (_, ...objects) => {
  const result = importHelm({ file: chart.write('manifests.yaml', text(...objects)) });
  expect('problems' in result || result.text).toBeTruthy();
}); // prettier-ignore

test.each([
  ['the kind of a live object', { apiVersion: 'v1', kind: 'valueOf', metadata: { name: 'odd', namespace: 'shop', uid: 'a' }, spec: {} }],
  ['a field of an endpoint', { ...monitor({}), kind: 'PodMonitor', spec: { selector: { matchLabels: SERVICE.spec.selector }, podMetricsEndpoints: [{ port: 'web', ['__proto__']: 1 }] } }],
])("the name of one of JavaScript's methods as %s gives values or problems", (_, object) => {
  const result = importHelm({ file: chart.write('manifests.yaml', text(deployment(), SERVICE, object)) });
  expect('problems' in result || result.text).toBeTruthy();
}); // prettier-ignore
