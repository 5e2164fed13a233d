import { trace } from '../../../src/checks/trace/trace.js';
import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { byApp, diagnostics, labels, podMonitor, template, workload } from '../manifests-of-others.js';

const ISTIO = { 'sidecar.istio.io/inject': 'true' };

/** A Deployment whose pods have more labels and annotations. */
function pods(more: object, annotations: object = {}): Manifest {
  const metadata = { labels: { ...labels, ...more }, annotations };
  return workload('Deployment', { selector: byApp, template: { ...template, metadata } });
}

const kept = (container: string) =>
  podMonitor({
    podMetricsEndpoints: [
      {
        path: '/stats/prometheus',
        relabelings: [
          { action: 'keep', sourceLabels: ['__meta_kubernetes_pod_container_name'], regex: container },
        ],
      },
    ],
  });
const named = (port: string) => podMonitor({ podMetricsEndpoints: [{ port }] });
const namespace = (metadata: object): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', ...metadata },
});

test.each<[string, Manifest[], string]>([
  ['a label of the pods asks for', [pods(ISTIO), kept('istio-proxy')], 'istio-proxy, which Istio'],
  ['an annotation asks for', [pods({}, { 'linkerd.io/inject': 'enabled' }), kept('linkerd-proxy')], 'linkerd-proxy, which Linkerd'],
  ['has the port by its name', [pods(ISTIO), named('http-envoy-prom')], 'istio-proxy, which Istio'],
  ['the namespace asks for', [namespace({ labels: { 'istio-injection': 'enabled' } }), pods({}), kept('istio-proxy')], 'istio-proxy, which Istio'],
  ['Dapr adds', [pods({}, { 'dapr.io/enabled': 'true' }), named('dapr-metrics')], 'daprd, which Dapr'],
])('a proxy of a service mesh that %s is out of sight, and not missing', (_, manifests, reason) => {
  const { chains } = trace(manifests);
  expect(chains.filter(({ monitor }) => monitor !== undefined)).toMatchObject([
    { isUnseen: true, isWhole: true, reason: `${reason} adds to Deployment shop/web` },
  ]);
}); // prettier-ignore

test.each<[string, Manifest[]]>([
  ['nothing asks for', [pods({}), kept('istio-proxy')]],
  ['the pods decline', [namespace({ labels: { 'istio-injection': 'enabled' } }), pods({ 'sidecar.istio.io/inject': 'false' }), kept('istio-proxy')]],
  ['is of another mesh', [pods(ISTIO), kept('linkerd-proxy')]],
  ['does not have the port', [pods(ISTIO), named('metrcs')]],
])('a proxy that %s is missing', (_, manifests) => {
  expect(diagnostics(...manifests).filter((line) => line.startsWith('PodMonitor'))).toHaveLength(1);
}); // prettier-ignore
