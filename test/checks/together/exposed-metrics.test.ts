import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { diagnostics, service, serviceMonitor, workload } from '../manifests-of-others.js';

const METRICS = ['metrics-1', 'metrics-2'].map((name, i) => ({ name, port: 9001 + i, targetPort: name }));
const HTTP = { name: 'http', port: 80, targetPort: 'http' };
const withSpec = (spec: object, annotations: object = {}): Manifest => ({
  ...service,
  metadata: { ...(service['metadata'] as object), annotations },
  spec: { selector: { app: 'web' }, ports: [HTTP, ...METRICS], ...spec },
});
const exposed = (type: string) =>
  [1, 2].map(
    (i) =>
      `Service shop/web: spec.ports[${i}]: metrics-${i} serves metrics, and a Service of type ${type} exposes them to clients outside the cluster; move the port to a Service of type ClusterIP that the monitor selects`,
  );

test.each(['LoadBalancer', 'NodePort'])('metrics ports on a Service of type %s are found', (type) => {
  expect(diagnostics(workload(), withSpec({ type }), serviceMonitor({}))).toEqual(exposed(type));
});

test('also where another Service is scraped', () => {
  const others = { ...service, metadata: { name: 'inner', namespace: 'shop', labels: { app: 'inner' } } };
  const monitor = serviceMonitor({ selector: { matchLabels: { app: 'inner' } } });
  expect(diagnostics(workload(), withSpec({ type: 'NodePort' }), others, monitor)).toEqual(
    exposed('NodePort'),
  );
});

test.each<[string, Manifest[]]>([
  ['on a Service of the cluster', [withSpec({})]],
  ['on a load balancer within a network', [withSpec({ type: 'LoadBalancer' }, { 'networking.gke.io/load-balancer-type': 'Internal' })]],
  ['on a load balancer for some clients', [withSpec({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'] })]],
  ['that are not on the load balancer', [service, withSpec({ type: 'LoadBalancer', ports: [HTTP] })]],
])('metrics ports %s are right', (_, services) => {
  const named = services.map((one, i) => (i === 0 ? one : { ...one, metadata: { name: 'outer', namespace: 'shop' } }));
  expect(diagnostics(workload(), ...named, serviceMonitor({}))).toEqual([]);
}); // prettier-ignore

test('an application that serves its metrics beside its pages is right', () => {
  const ports = [HTTP, { name: 'metrics', port: 8000, targetPort: 'http' }];
  const app = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
    spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ name: 'http', containerPort: 8000 }] }] },
  };
  const monitor = serviceMonitor({ endpoints: [{ port: 'metrics' }] });
  expect(diagnostics(app, withSpec({ type: 'LoadBalancer', ports }), monitor)).toEqual([]);
});
