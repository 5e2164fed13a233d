import type { Manifest } from '../../src/kubernetes/manifest.js';
import { trace } from '../../src/checks/trace/trace.js';
import {
  diagnostics,
  podMonitor,
  service,
  serviceMonitor,
  template,
  workload,
} from './manifests-of-others.js';

const reasons = (...manifests: Manifest[]) =>
  trace(manifests).chains.map(({ isWhole, isUnseen, reason }) => [isWhole, isUnseen, reason]);
const monitorOf = (namespace: string, labels: object, ...endpoints: object[]) =>
  serviceMonitor({
    namespaceSelector: { matchNames: [namespace] },
    selector: { matchLabels: labels },
    endpoints,
  });

describe('a Service of type ExternalName', () => {
  const external = {
    ...service,
    spec: { ...(service['spec'] as object), type: 'ExternalName', externalName: 'a.example.com' },
  };

  test('gets no endpoints, whatever its selector says', () => {
    expect(diagnostics(external, workload(), serviceMonitor({ endpoints: [{ port: 'metrics-1' }] }))[0]).toBe(
      'ServiceMonitor shop/web: spec.endpoints[0]: Service shop/web is of type ExternalName: it has no endpoints, and its selector is not used; remove the type, or scrape it with a ScrapeConfig',
    );
  });

  test('is passed over beside another Service with its labels', () => {
    const other = { ...service, metadata: { ...(service['metadata'] as object), name: 'web-2' } };
    expect(diagnostics(external, other, workload(), serviceMonitor({}))).toEqual([]);
  });

  test('is nothing to a PodMonitor', () => {
    expect(diagnostics(external, workload(), podMonitor({}))).toEqual([]);
  });
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

describe('a Service without a selector', () => {
  const bare = { ...service, spec: { ports: [{ name: 'metrics-1', port: 9001 }] } };
  const monitor = serviceMonitor({ endpoints: [{ port: 'metrics-1' }] });
  const endpoints = (port: object): Manifest => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'web', namespace: 'shop' },
    subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [port] }],
  });
  const slice = (name: string): Manifest => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    ports: [{ name, port: 9001 }],
  });

  test.each([
    ['Endpoints', endpoints({ name: 'metrics-1', port: 9001 }), 'the addresses in Endpoints shop/web'],
    ['an EndpointSlice', slice('metrics-1'), 'the addresses in EndpointSlice shop/web-1'],
  ])('leads to the addresses in %s', (_, manual, reason) => {
    expect(diagnostics(bare, manual, monitor)).toEqual([]);
    expect(reasons(bare, manual, monitor)).toEqual([[true, true, reason]]);
  });

  test.each([
    ['of another name', endpoints({ name: 'http', port: 9001 }), 'Endpoints shop/web', 'http'],
    ['without a name', endpoints({ port: 9001 }), 'Endpoints shop/web', '(no name)'],
    ['of another name in a slice', slice('http'), 'EndpointSlice shop/web-1', 'http'],
  ])('leads nowhere where they have a port %s', (_, manual, object, names) => {
    expect(diagnostics(bare, manual, monitor)).toEqual([
      `ServiceMonitor shop/web: spec.endpoints[0].port: metrics-1 is not a port of ${object}, where the addresses of Service shop/web are (ports: ${names})`,
    ]);
  });
});

describe('pods that an operator makes of its own object', () => {
  const cluster = {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { instances: 3 },
  };
  const labels = { 'cnpg.io/cluster': 'db' };
  const reason = 'made by the operator of Cluster shop/db';

  test('are unseen where a selector names the object', () => {
    expect(reasons(cluster, podMonitor({ selector: { matchLabels: labels } }))[0]).toEqual([
      true,
      true,
      reason,
    ]);
    const behind = { ...service, spec: { ...(service['spec'] as object), selector: labels } };
    expect(reasons(cluster, behind, serviceMonitor({}))[0]).toEqual([true, true, reason]);
    expect(reasons(cluster, serviceMonitor({ selector: { matchLabels: labels } }))[0]).toEqual([
      true,
      true,
      reason,
    ]);
  });

  test('are unseen where labels name its kind, or its namespace and name', () => {
    const kafka = { ...cluster, apiVersion: 'kafka.strimzi.io/v1', kind: 'Kafka' };
    const kinds = [{ key: 'strimzi.io/kind', operator: 'In', values: ['KafkaConnect', 'Kafka'] }];
    expect(diagnostics(kafka, podMonitor({ selector: { matchExpressions: kinds } }))).toEqual([]);
    const collector = { ...cluster, apiVersion: 'opentelemetry.io/v1beta1', kind: 'OpenTelemetryCollector' };
    const matchLabels = { 'app.kubernetes.io/instance': 'shop.db' };
    expect(diagnostics(collector, serviceMonitor({ selector: { matchLabels } }))).toEqual([]);
  });

  test('are unseen where a label without a domain has a word of it, as Rook writes them', () => {
    const ceph = { ...cluster, apiVersion: 'ceph.rook.io/v1', kind: 'CephCluster' };
    const matchLabels = { app: 'rook-ceph-mgr', rook_cluster: 'db' };
    expect(diagnostics(ceph, serviceMonitor({ selector: { matchLabels } }))).toEqual([]);
  });

  test.each([
    [
      'its kind',
      'rabbitmq.com/v1beta1',
      'RabbitmqCluster',
      {},
      { 'app.kubernetes.io/component': 'rabbitmq' },
    ],
    [
      'a part of its spec',
      'kafka.strimzi.io/v1',
      'Kafka',
      { entityOperator: {} },
      { app: 'entity-operator' },
    ],
    [
      'one of its components',
      'fluxcd.controlplane.io/v1',
      'FluxInstance',
      { components: ['source-controller'] },
      { 'app.kubernetes.io/component': 'source-controller' },
    ],
  ])('are unseen where a common label has %s', (_, apiVersion, kind, spec, matchLabels) => {
    const maker = { ...cluster, apiVersion, kind, spec };
    expect(reasons(maker, podMonitor({ selector: { matchLabels } }))[0]).toEqual([
      true,
      true,
      `made by the operator of ${kind} shop/db`,
    ]);
    const elsewhere = { ...maker, metadata: { ...maker.metadata, namespace: 'other' } };
    expect(diagnostics(elsewhere, podMonitor({ selector: { matchLabels } }))).toHaveLength(1);
  });

  test('are missing where the manifests have pods with a label that is almost the same', () => {
    const maker = { ...cluster, apiVersion: 'kafka.strimzi.io/v1', kind: 'Kafka' };
    const monitor = podMonitor({ selector: { matchLabels: { app: 'kafka' } } });
    const pods = (app: string) => {
      const labels = { app };
      return workload('Deployment', {
        selector: { matchLabels: labels },
        template: { ...template, metadata: { labels } },
      });
    };
    const missing = 'PodMonitor shop/web: spec.selector: no pods in namespace shop with the labels app=kafka';
    expect(diagnostics(maker, pods('kakfa'), monitor)).toContain(missing);
    expect(diagnostics(maker, pods('kafka-exporter'), monitor)).not.toContain(missing);
  });

  test.each([
    ['another object', { 'cnpg.io/cluster': 'bd' }],
    ['it in a label that is not of the operator', { app: 'db' }],
    ['it in a label of others', { 'app.kubernetes.io/name': 'db' }],
  ])('are missing where a selector names %s', (_, matchLabels) => {
    expect(diagnostics(cluster, podMonitor({ selector: { matchLabels } }))).toHaveLength(1);
  });
});

describe('Services and pods of a chart that another program installs', () => {
  const release = (name: string, spec: object) => ({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name, namespace: 'shop' },
    spec,
  });
  const application = (spec: object) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'web', namespace: 'argocd' },
    spec,
  });
  const ofPodinfo = { chart: { spec: { chart: './charts/podinfo' } } };
  const inShop = { destination: { namespace: 'shop' } };
  const k3s = {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChart',
    metadata: { name: 'web', namespace: 'kube-system' },
    spec: { chart: 'podinfo', targetNamespace: 'shop' },
  };

  test.each([
    ['the name of a HelmRelease', release('web', ofPodinfo), 'HelmRelease shop/web', 'instance', 'web'],
    ['the chart of a HelmRelease', release('web', ofPodinfo), 'HelmRelease shop/web', 'name', 'podinfo'],
    ['its releaseName', release('web', { releaseName: 'w' }), 'HelmRelease shop/web', 'instance', 'w'],
    [
      'its release in another namespace',
      { ...release('web', { targetNamespace: 'shop' }), metadata: { name: 'web', namespace: 'flux-system' } },
      'HelmRelease flux-system/web',
      'instance',
      'shop-web',
    ],
    ['the name of an Application', application(inShop), 'Application argocd/web', 'instance', 'web'],
    [
      'the release of one of its sources',
      application({ ...inShop, sources: [{ chart: 'podinfo', helm: { releaseName: 'w' } }] }),
      'Application argocd/web',
      'instance',
      'w',
    ],
    ['the chart of a HelmChart of K3s', k3s, 'HelmChart kube-system/web', 'name', 'podinfo'],
  ])('are unseen where a label has %s', (_, object, installer, label, value) => {
    const matchLabels = { [`app.kubernetes.io/${label}`]: value };
    expect(reasons(object, serviceMonitor({ selector: { matchLabels } }))[0]).toEqual([
      true,
      true,
      `installed by ${installer}`,
    ]);
  });

  test.each([
    ['have another name', release('api', ofPodinfo)],
    ['are in another namespace', application({ destination: { namespace: 'api' } })],
    ['come from an object that installs no chart', { ...release('web', {}), kind: 'HelmRepository' }],
  ])('are missing if they %s', (_, object) => {
    const matchLabels = { 'app.kubernetes.io/instance': 'web' };
    expect(diagnostics(object, serviceMonitor({ selector: { matchLabels } }))).toHaveLength(1);
  });

  test('are missing if the application is in the manifests, and only a label is wrong', () => {
    const matchLabels = { app: 'web', tier: 'wbe' };
    expect(
      diagnostics(application(inShop), service, workload(), serviceMonitor({ selector: { matchLabels } })),
    ).toContain(
      'ServiceMonitor shop/web: spec.selector: no Service in namespace shop with the labels app=web,tier=wbe',
    );
  });
});

test('a Service port without a name is named by its number, with the fix', () => {
  const unnamed = {
    ...service,
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
  };
  expect(diagnostics(unnamed, workload(), serviceMonitor({ endpoints: [{ port: 'http' }] }))).toContain(
    'ServiceMonitor shop/web: spec.endpoints[0].port: "http" is not a port of Service shop/web (80 without a name); give the port the name http',
  );
});
