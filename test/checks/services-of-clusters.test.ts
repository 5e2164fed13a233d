import { trace } from '../../src/checks/trace/trace.js';
import {
  diagnostics,
  podMonitor,
  reasons,
  service,
  serviceMonitor,
  workload,
} from './manifests-of-others.js';

const monitorOf = (namespace: string, labels: object, ...endpoints: object[]) =>
  serviceMonitor({
    namespaceSelector: { matchNames: [namespace] },
    selector: { matchLabels: labels },
    endpoints,
  });

describe('a Service that is in clusters without a manifest', () => {
  test.each([
    ['of the API server', 'default', { component: 'apiserver', provider: 'kubernetes' }, 'https', 'made by the API server'],
    ['of DNS', 'kube-system', { 'k8s-app': 'kube-dns' }, 'metrics', 'made by the cluster'],
    ['of the kubelets', 'kube-system', { 'app.kubernetes.io/name': 'kubelet' }, 'https-metrics', 'made by the prometheus-operator'],
  ])('%s is unseen, and whole', (_, namespace, labels, port, reason) => {
    expect(reasons(monitorOf(namespace, labels, { port }))).toEqual([[true, true, reason]]);
    expect(diagnostics(monitorOf(namespace, labels, { port }))).toEqual([]);
  }); // prettier-ignore

  test('has its ports, too', () => {
    expect(diagnostics(monitorOf('default', { component: 'apiserver' }, { port: 'http' }))).toEqual([
      'ServiceMonitor shop/web: spec.endpoints[0].port: "http" is not a port of Service default/kubernetes (https); did you mean "https"?',
    ]);
  });

  test('is the one in the manifests, where there is one', () => {
    const dns = { ...service, metadata: { name: 'kube-dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } };
    expect(diagnostics(dns, monitorOf('kube-system', { 'k8s-app': 'kube-dns' }, { port: 'metrics' }))).toEqual([
      expect.stringContaining('"metrics" is not a port of Service kube-system/kube-dns (metrics-1, metrics-2)'),
    ]);
  }); // prettier-ignore

  test('is not found by a monitor that finds others', () => {
    expect(reasons(service, workload(), serviceMonitor({ selector: {}, namespaceSelector: { any: true } }))).toEqual([
      [true, undefined, undefined],
      [true, undefined, undefined],
    ]);
  }); // prettier-ignore

  test('of the operator leads to the pods of its Prometheus', () => {
    const prometheus = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name: 'k8s', namespace: 'shop' },
      spec: {},
    };
    const monitor = monitorOf('shop', { 'operated-prometheus': 'true' }, { port: 'web' });
    expect(trace([prometheus, monitor]).chains).toMatchObject([
      { service: 'Service shop/prometheus-operated', workload: 'Prometheus shop/k8s', isWhole: true },
    ]);
  });

  test.each([{ 'k8s-app': 'kube-proxy' }, { component: 'etcd', tier: 'control-plane' }])(
    'has its like in the pods %j of kube-system',
    (matchLabels) => {
      const monitor = podMonitor({
        selector: { matchLabels },
        namespaceSelector: { matchNames: ['kube-system'] },
      });
      expect(diagnostics(monitor)).toEqual([]);
      expect(reasons(monitor)[0]).toEqual([true, true, 'pods of the cluster itself']);
      expect(diagnostics(podMonitor({ selector: { matchLabels } }))).toHaveLength(1);
    },
  );
});
