import {
  diagnostics,
  podMonitor,
  reasons,
  service,
  serviceMonitor,
  template,
  workload,
} from './manifests-of-others.js';

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
