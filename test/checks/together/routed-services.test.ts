import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { shop } from '../../a-worker-app.js';
import { manifestsOf } from '../../manifests-of.js';

const METADATA = { name: 'own', namespace: 'default' };
const ingress = (name: string, port: object): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: METADATA,
  spec: {
    rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port } } }] } }],
  },
});
const route = (name: string, port: number): Manifest => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: METADATA,
  spec: { parentRefs: [{ name: 'gateway' }], rules: [{ backendRefs: [{ name, port }] }] },
});
const diagnostics = (object: Manifest) =>
  checkManifests([...manifestsOf(shop({ workers: 1 })).all, object]).map(formatDiagnostic);

const IN_INGRESS = 'Ingress default/own: spec.rules[0].http.paths[0].backend:';
const IN_ROUTE = 'HTTPRoute default/own: spec.rules[0].backendRefs[0]:';
const METRICS =
  'leads to a metrics port (metrics-1 of Service default/shop), and exposes the metrics to clients; remove it, or name another port';

test.each([
  ['an Ingress to metrics', ingress('shop', { name: 'metrics-1' }), `${IN_INGRESS} ${METRICS}`],
  ['an Ingress to metrics by number', ingress('shop', { number: 8001 }), `${IN_INGRESS} ${METRICS}`],
  ['a route to metrics', route('shop', 8001), `${IN_ROUTE} ${METRICS}`],
  ['an Ingress to no port', ingress('shop', { name: 'web' }), `${IN_INGRESS} "web" is not a port of Service default/shop (http, metrics-1)`],
  ['an Ingress for all requests to no port', { ...ingress('', {}), spec: { defaultBackend: { service: { name: 'shop', port: { name: 'web' } } } } }, 'Ingress default/own: spec.defaultBackend: "web" is not a port of Service default/shop (http, metrics-1)'],
  ['a route to the port of the container', route('shop', 8000), `${IN_ROUTE} 8000 is not a port of Service default/shop (http, metrics-1)`],
])('%s is a warning', (_, object, message) => {
  expect(diagnostics(object)).toEqual([message]);
}); // prettier-ignore

test.each([
  ['an Ingress to http', ingress('shop', { name: 'http' })],
  ['an Ingress to http by number, with an empty name', ingress('shop', { name: '', number: 80 })],
  ['an Ingress to an action of a load balancer of AWS', ingress('shop', { name: 'use-annotation' })],
  ['a route to http', route('shop', 80)],
  ['an Ingress to a Service elsewhere', ingress('other', { number: 8001 })],
])('%s is fine', (_, object) => {
  expect(diagnostics(object)).toEqual([]);
});
