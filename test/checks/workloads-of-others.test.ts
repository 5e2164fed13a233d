import type { Manifest } from '../../src/kubernetes/manifest.js';
import {
  byApp,
  diagnostics,
  labels,
  podMonitor,
  service,
  serviceMonitor,
  template,
  workload,
} from './manifests-of-others.js';

test.each<[string, Manifest]>([
  [
    'Pod',
    {
      ...workload('Pod', template.spec),
      apiVersion: 'v1',
      metadata: { name: 'web', namespace: 'shop', labels },
    },
  ],
  ['ReplicaSet', workload('ReplicaSet')],
  ['StatefulSet', workload('StatefulSet')],
  ['DaemonSet', workload('DaemonSet')],
  [
    'ReplicationController',
    { ...workload('ReplicationController', { selector: labels, template }), apiVersion: 'v1' },
  ],
  ['Job', { ...workload('Job', { template }), apiVersion: 'batch/v1' }],
  ['CronJob', { ...workload('CronJob', { jobTemplate: { spec: { template } } }), apiVersion: 'batch/v1' }],
])('the pods of a %s are scraped, or not', (kind, manifest) => {
  expect(diagnostics(manifest, service, serviceMonitor({}))).toEqual([]);
  expect(diagnostics(manifest)).toHaveLength(2);
  expect(diagnostics(manifest)[0]).toMatch(
    new RegExp(`^${kind} shop/web: .*containers\\[0\\]\\.ports\\[1\\]: metrics-1`),
  );
});

const rollout = (kind: string, apiVersion: string, spec: object) => ({ ...workload(kind, spec), apiVersion });
const whole = { selector: { matchLabels: { app: 'web' } }, template };

test.each<[string, Manifest]>([
  ['Rollout of Argo', rollout('Rollout', 'argoproj.io/v1alpha1', whole)],
  ['CloneSet of OpenKruise', rollout('CloneSet', 'apps.kruise.io/v1alpha1', whole)],
  ['StatefulSet of OpenKruise', rollout('StatefulSet', 'apps.kruise.io/v1beta1', whole)],
  ['DeploymentConfig of OpenShift, whose selector is a plain map', rollout('DeploymentConfig', 'apps.openshift.io/v1', { selector: { app: 'web' }, template })],
  ['LeaderWorkerSet', rollout('LeaderWorkerSet', 'leaderworkerset.x-k8s.io/v1', { leaderWorkerTemplate: { size: 1, workerTemplate: template } })],
  ['JobSet', rollout('JobSet', 'jobset.x-k8s.io/v1alpha2', { replicatedJobs: [{ name: 'a', template: { spec: { template } } }] })],
  ['RayCluster', rollout('RayCluster', 'ray.io/v1', { headGroupSpec: { template } })],
  ['Service of Knative', rollout('Service', 'serving.knative.dev/v1', { template })],
])('the pods of a %s are followed as those of a Deployment', (_, manifest) => {
  expect(diagnostics(manifest, service, serviceMonitor({}))).toEqual([]);
  expect(diagnostics(manifest, podMonitor({}))).toEqual([]);
  expect(diagnostics(manifest)).toHaveLength(2);
}); // prettier-ignore

test('both templates of a LeaderWorkerSet are followed', () => {
  const leader = { ...template, metadata: { labels: { app: 'leader' } } };
  const spec = { leaderWorkerTemplate: { leaderTemplate: leader, workerTemplate: template } };
  const set = rollout('LeaderWorkerSet', 'leaderworkerset.x-k8s.io/v1', spec);
  expect(diagnostics(set, service, serviceMonitor({}))).toHaveLength(2);
  const both = podMonitor({ selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'leader'] }] } });
  expect(diagnostics(set, both)).toEqual([]);
}); // prettier-ignore

test.each<[string, Manifest]>([
  ['a whole Deployment within a Composition', rollout('Composition', 'apiextensions.crossplane.io/v1', { resources: [{ base: workload() }] })],
  ['an example in a PodTemplate', { ...workload('PodTemplate'), apiVersion: 'v1', template }],
])('%s makes no pods by itself', (_, manifest) => {
  expect(diagnostics(manifest)).toEqual([]);
}); // prettier-ignore

describe("pods of the operator's own objects", () => {
  const operated = (kind: string, spec: object = {}): Manifest => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind,
    metadata: { name: 'k8s', namespace: 'shop' },
    spec,
  });
  const monitoring = (port: string, matchLabels: object) =>
    podMonitor({ selector: { matchLabels }, podMetricsEndpoints: [{ port }] });

  test.each<[string, string, object, object]>([
    ['Prometheus', 'web', { prometheus: 'k8s' }, {}],
    ['Prometheus', 'reloader-web', { 'app.kubernetes.io/name': 'prometheus' }, {}],
    ['Prometheus', 'grpc', { 'app.kubernetes.io/instance': 'k8s' }, { thanos: {} }],
    ['Prometheus', 'http-web', { 'operator.prometheus.io/name': 'k8s' }, { portName: 'http-web' }],
    ['Prometheus', 'proxy', { team: 'a' }, { podMetadata: { labels: { team: 'a' } }, containers: [{ name: 'proxy', ports: [{ name: 'proxy', containerPort: 1 }] }] }],
    ['PrometheusAgent', 'web', { 'app.kubernetes.io/name': 'prometheus-agent' }, {}],
    ['Alertmanager', 'web', { alertmanager: 'k8s' }, {}],
    ['Alertmanager', 'mesh-tcp', { 'app.kubernetes.io/managed-by': 'prometheus-operator' }, {}],
    ['ThanosRuler', 'web', { 'thanos-ruler': 'k8s' }, {}],
  ])('%s have the port %s and the labels %j', (kind, port, labels, spec) => {
    expect(diagnostics(operated(kind, spec), monitoring(port, labels))).toEqual([]);
  }); // prettier-ignore

  test.each<[string, string, object]>([
    ['Prometheus', 'grpc', {}],
    ['Prometheus', 'web', { portName: 'http-web' }],
    ['Alertmanager', 'web', { listenLocal: true }],
  ])('%s have no port %s with %j', (kind, port, spec) => {
    const labels = { 'operator.prometheus.io/name': 'k8s' };
    expect(diagnostics(operated(kind, spec), monitoring(port, labels))).toHaveLength(1);
  });
});

test('two Deployments behind one Service, as in a canary rollout, are scraped once each', () => {
  const canary = { ...workload(), metadata: { name: 'web-canary', namespace: 'shop' } };
  expect(diagnostics(workload(), canary, service, serviceMonitor({}))).toEqual([]);
});

test('a port named metrics must be scraped too, and no numbers are expected with it', () => {
  const spec = {
    containers: [{ name: 'web', image: 'web', ports: [{ name: 'metrics', containerPort: 9000 }] }],
  };
  const one = workload('Deployment', { selector: byApp, template: { metadata: { labels }, spec } });
  expect(diagnostics(one)).toEqual([
    'Deployment shop/web: spec.template.spec.containers[0].ports[0]: metrics (9000) is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it',
  ]);
  expect(diagnostics(one, podMonitor({ podMetricsEndpoints: [{ port: 'metrics' }] }))).toEqual([]);
});

test('pods without metrics ports need no monitor', () => {
  const spec = {
    containers: [{ name: 'web', image: 'web', ports: [{ name: 'http', containerPort: 8000 }] }],
  };
  expect(
    diagnostics(workload('Deployment', { selector: byApp, template: { metadata: { labels }, spec } })),
  ).toEqual([]);
});
