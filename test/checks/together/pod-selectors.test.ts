import { checkPodSelectors } from '../../../src/checks/together/pod-selectors.js';
import { traceWiring } from '../../../src/checks/wiring/wiring.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';

const labels = { app: 'am' };
const metadata = { name: 'am', namespace: 'monitoring' };
const statefulSet = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata,
  spec: { replicas: 3, serviceName: 'am-peers', template: { metadata: { labels } } },
};
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { ...metadata, name: 'am-peers' },
  spec: { clusterIP: 'None', selector: labels },
};
const budget = (spec: object) => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec });
const policy = (podSelector: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata,
  spec: { podSelector },
});
const diagnosticsOf = (...manifests: object[]) =>
  checkPodSelectors(traceWiring(manifests as never)).map(formatDiagnostic);

test('a StatefulSet with its headless Service, a budget of one less and a policy for its pods are right', () => {
  const selector = { matchLabels: labels };
  expect(
    diagnosticsOf(statefulSet, service, budget({ minAvailable: 2, selector }), policy(selector)),
  ).toEqual([]);
});

test.each([
  ['that is not there', [], 'there is no Service monitoring/am-peers'],
  ['of another namespace', [{ ...service, metadata: { name: 'am-peers', namespace: 'other' } }], 'there is no Service monitoring/am-peers'],
  ['that is not headless', [{ ...service, spec: { selector: labels } }], 'Service monitoring/am-peers is not headless, therefore the pods have no DNS names; set its clusterIP to None'],
  ['that selects other pods', [{ ...service, spec: { clusterIP: 'None', selector: { app: 'x' } } }], 'Service monitoring/am-peers does not select the pods'],
])('a StatefulSet with a Service %s is found', (_what, services, message) => {
  expect(diagnosticsOf(statefulSet, ...services)).toEqual([`StatefulSet monitoring/am: spec.serviceName: ${message}`]);
}); // prettier-ignore

test('a budget that allows no eviction is found, as it would block the drain of every node', () => {
  expect(
    diagnosticsOf(statefulSet, service, budget({ minAvailable: 3, selector: { matchLabels: labels } })),
  ).toEqual([
    'PodDisruptionBudget monitoring/am: spec.minAvailable: 3 of 3 pods must stay available, therefore no pod can be evicted and no node drained; set maxUnavailable: 1 instead',
  ]);
});

test('a StatefulSet with an empty serviceName, as the API server prints it, has no Service to look for', () => {
  expect(diagnosticsOf({ ...statefulSet, spec: { ...statefulSet.spec, serviceName: '' } })).toEqual([]);
});

describe('a budget for pods that an autoscaler scales is judged by the fewest of them', () => {
  const one = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { replicas: 1, template: { metadata: { labels } } },
  };
  const all = budget({ minAvailable: 1, selector: { matchLabels: labels } });
  const scaler = (
    kind: string,
    scaleTargetRef: object,
    namespace = 'monitoring',
    fewest: number | undefined = 3,
  ) => ({
    apiVersion: kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'autoscaling/v2',
    kind,
    metadata: { name: 'scaler', namespace },
    spec: { scaleTargetRef, [kind === 'ScaledObject' ? 'minReplicaCount' : 'minReplicas']: fewest },
  });
  const BLOCKED =
    'PodDisruptionBudget monitoring/am: spec.minAvailable: 1 of 1 pod must stay available, therefore no pod can be evicted and no node drained; add a pod, or remove the budget';

  test.each([
    ['a HorizontalPodAutoscaler', scaler('HorizontalPodAutoscaler', { kind: 'Deployment', name: 'am' })],
    ['a ScaledObject of KEDA', scaler('ScaledObject', { kind: 'Deployment', name: 'am' })],
    ['a ScaledObject that means a Deployment by its name', scaler('ScaledObject', { name: 'am' })],
  ])('by %s', (_what, autoscaler) => {
    expect(diagnosticsOf(one, all, autoscaler)).toEqual([]);
  });

  test('a budget that keeps the fewest pods is found', () => {
    const target = { kind: 'Deployment', name: 'am' };
    for (const kind of ['HorizontalPodAutoscaler', 'ScaledObject'])
      expect(diagnosticsOf(one, all, scaler(kind, target, 'monitoring', 1))).toEqual([BLOCKED]);
    const { minReplicas: _, ...spec } = scaler('HorizontalPodAutoscaler', target).spec as Record<
      string,
      unknown
    >;
    const byDefault = { ...scaler('HorizontalPodAutoscaler', target), spec };
    expect(diagnosticsOf(one, all, byDefault)).toEqual([BLOCKED]);
  });

  test('nothing is known of pods that KEDA may remove', () => {
    const { minReplicaCount: _, ...spec } = scaler('ScaledObject', { name: 'am' }).spec as Record<
      string,
      unknown
    >;
    expect(diagnosticsOf(one, all, { ...scaler('ScaledObject', { name: 'am' }), spec })).toEqual([]);
  });

  test.each([
    ['another workload', scaler('HorizontalPodAutoscaler', { kind: 'Deployment', name: 'other' })],
    ['another kind', scaler('HorizontalPodAutoscaler', { kind: 'StatefulSet', name: 'am' })],
    ['another namespace', scaler('HorizontalPodAutoscaler', { kind: 'Deployment', name: 'am' }, 'other')],
  ])('unless it scales %s', (_what, autoscaler) => {
    expect(diagnosticsOf(one, all, autoscaler)).toEqual([BLOCKED]);
  });
});

test.each([
  ['a Deployment without replicas, which an autoscaler may give', 'Deployment'],
  ['a StatefulSet without replicas', 'StatefulSet'],
  ['a DaemonSet, with as many pods as there are nodes', 'DaemonSet'],
])('a budget for %s is not judged, as nobody knows how many pods there are', (_what, kind) => {
  const workload = { apiVersion: 'apps/v1', kind, metadata, spec: { template: { metadata: { labels } } } };
  expect(diagnosticsOf(workload, budget({ minAvailable: 1, selector: { matchLabels: labels } }))).toEqual([]);
}); // prettier-ignore

test.each([
  ['Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, labels } }],
  ['Alertmanager without replicas, which the operator takes for one', { apiVersion: 'monitoring.coreos.com/v1', kind: 'Alertmanager', metadata }],
])('a budget that keeps the one pod of a %s is found', (_what, one) => {
  const selector = { matchLabels: one.kind === 'Pod' ? labels : { alertmanager: 'am' } };
  expect(diagnosticsOf(one, budget({ minAvailable: 1, selector }))).toEqual([
    'PodDisruptionBudget monitoring/am: spec.minAvailable: 1 of 1 pod must stay available, therefore no pod can be evicted and no node drained; add a pod, or remove the budget',
  ]);
}); // prettier-ignore

test('an object with the name of a workload that selects by the same keys, but not its pods, is found', () => {
  const selector = { matchLabels: { app: 'ma' } };
  expect(
    diagnosticsOf(statefulSet, service, budget({ minAvailable: 1, selector }), policy(selector)),
  ).toEqual([
    'PodDisruptionBudget monitoring/am: spec.selector: no pods in namespace monitoring with the labels app=ma',
    'NetworkPolicy monitoring/am: spec.podSelector: no pods in namespace monitoring with the labels app=ma',
  ]);
});

describe('an object that selects no pods of these manifests is right, as something else may make them', () => {
  const prometheus = { 'app.kubernetes.io/name': 'prometheus' };
  const named = (name: string, chooser: object) => ({ ...chooser, metadata: { ...metadata, name } });

  test.each([
    ['a policy for all pods of a namespace', policy({})],
    ['a budget for all pods of a namespace', budget({ minAvailable: 1, selector: {} })],
    ["a policy for the operator's Prometheus", named('prometheus', policy({ matchLabels: prometheus }))],
    ['a policy with the name of a workload, but for labels that it does not use', policy({ matchLabels: { 'cnpg.io/cluster': 'am' } })],
    ['a policy of another name', named('allow', policy({ matchLabels: { app: 'ma' } }))],
    ['a policy in another namespace', { ...policy({ matchLabels: { app: 'ma' } }), metadata: { ...metadata, namespace: 'other' } }],
  ])('%s', (_what, chooser) => {
    expect(diagnosticsOf(statefulSet, service, chooser)).toEqual([]);
  }); // prettier-ignore
});

test("pods of the operator's Alertmanager are known by the labels that the operator gives", () => {
  const alertmanager = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Alertmanager',
    metadata,
    spec: { replicas: 2 },
  };
  const selector = { matchLabels: { alertmanager: 'am' } };
  expect(diagnosticsOf(alertmanager, policy(selector), budget({ minAvailable: 1, selector }))).toEqual([]);
});

test('where nothing chooses pods there is nothing to find', () => {
  expect(diagnosticsOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata })).toEqual([]);
});
