import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { formatMessage } from '../../../src/diagnostics/diagnostic.js';
import { trace } from '../../../src/checks/trace/trace.js';
import { byApp, service, serviceMonitor, workload } from '../manifests-of-others.js';

const METADATA = { name: 'web', namespace: 'shop' };
const policy = (spec: object, metadata: object = METADATA): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata,
  spec: { podSelector: byApp, ...spec },
});
const allow = (...rules: object[]) => policy({ ingress: rules });
const ports = (...all: unknown[]) => ({ ports: all.map((port) => ({ port })) });

/** The state of each of two chains: metrics-1 at 9001, and metrics-2 at 9002. */
function states(...others: Manifest[]): string[] {
  return trace([workload(), service, serviceMonitor({}), ...others]).chains.map(({ isWhole, isUndecided }) =>
    !isWhole ? 'broken' : isUndecided ? 'undecided' : 'ok',
  );
}

const OK = ['ok', 'ok'];
const BROKEN = ['broken', 'broken'];
const UNDECIDED = ['undecided', 'undecided'];

test('a port that no policy of the pod admits is not reached', () => {
  const { diagnostics } = trace([workload(), service, serviceMonitor({}), allow(ports(8000, 9001))]);
  expect(states(allow(ports(8000, 9001)))).toEqual(['ok', 'broken']);
  expect(diagnostics).toEqual([
    {
      severity: 'error',
      object: 'Deployment shop/web',
      field: 'spec.template.spec.containers[0].ports[2]',
      message:
        'Prometheus cannot reach metrics-2 (9002) for ServiceMonitor shop/web: the NetworkPolicies that select the pods admit other ports (NetworkPolicy shop/web: 8000, 9001)',
      hint: 'add an ingress rule for port 9002',
    },
  ]);
});

test.each<[string, string[], Manifest[]]>([
  ['nothing is admitted by an empty list', BROKEN, [policy({ ingress: [] })]],
  ['nothing is admitted without rules', BROKEN, [policy({ policyTypes: ['Ingress'] })]],
  ['nothing is admitted by a policy for all pods', BROKEN, [policy({ podSelector: {} })]],
  ['a range admits its ports', ['ok', 'broken'], [allow({ ports: [{ port: 9000, endPort: 9001 }] })]],
  ['a name admits the port of the pod', ['ok', 'broken'], [allow(ports('http', 'metrics-1'))]],
  ['a rule for UDP admits nothing over TCP', BROKEN, [allow({ ports: [{ protocol: 'UDP' }, { port: 9001, protocol: 'UDP' }] })]],
  ['a rule without ports admits all', OK, [allow({})]],
  ['a rule with an empty list of ports admits all', OK, [allow({ ports: [], from: [] })]],
  ['a rule for all of TCP admits all', OK, [allow({ ports: [{ protocol: 'TCP' }] })]],
  ['all pods of all namespaces include Prometheus', OK, [allow({ from: [{ namespaceSelector: {} }] })]],
  ['all addresses include Prometheus', OK, [allow({ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] })]],
  ['policies add up', OK, [policy({ podSelector: {} }, { ...METADATA, name: 'all' }), policy({ ingress: [ports(9001)] }, { ...METADATA, name: 'one' }), allow(ports(9002))]],
  ['a policy for egress does not matter', OK, [policy({ policyTypes: ['Egress'], egress: [] })]],
  ['a policy for other pods does not matter', OK, [policy({ podSelector: { matchLabels: { app: 'db' } }, ingress: [] })]],
  ['a policy of another namespace does not matter', OK, [policy({ ingress: [] }, { name: 'web', namespace: 'other' })]],
  ['peers may be Prometheus', UNDECIDED, [allow({ from: [{ podSelector: { matchLabels: { app: 'front' } } }] })]],
  ['a namespace may have Prometheus', UNDECIDED, [allow({ from: [{ namespaceSelector: { matchLabels: { name: 'monitoring' } } }] })]],
  ['addresses may include Prometheus', UNDECIDED, [allow({ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] })]],
  ['the labels that the operator gives every Prometheus, in any namespace', OK, [allow({ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } }] })]],
  ['these labels in one namespace, where Prometheus may not be', UNDECIDED, [allow({ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } }] })]],
  ['peers of another port do not matter', ['broken', 'undecided'], [allow({ from: [{ podSelector: {} }], ...ports(9002) })]],
  ['policies of a network plugin may admit more', UNDECIDED, [policy({ ingress: [] }), { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: METADATA }]],
])('%s', (_, expected, others) => {
  expect(states(...others)).toEqual(expected);
}); // prettier-ignore

test('policies do nothing that is known to pods on the network of their node', () => {
  const all = structuredClone([workload(), service, serviceMonitor({}), policy({ ingress: [] })]);
  (all[0] as { spec: { template: { spec: object } } }).spec.template.spec = {
    ...(workload() as { spec: { template: { spec: object } } }).spec.template.spec,
    hostNetwork: true,
  };
  expect(trace(all).chains.map(({ isWhole }) => isWhole)).toEqual([true, true]);
});

describe('a Prometheus in the manifests is known by its labels', () => {
  const prometheus: Manifest = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'k8s', namespace: 'monitoring' },
    spec: { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} },
  };
  const byName = { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } };
  const inMonitoring = { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } };

  test.each<[string, string[], object]>([
    ['with its namespace', OK, { podSelector: byName, namespaceSelector: inMonitoring }],
    ['in any namespace', OK, { podSelector: byName, namespaceSelector: {} }],
    ['in the namespace of the policy, where it is not', BROKEN, { podSelector: byName }],
    ['under another name', BROKEN, { podSelector: { matchLabels: { app: 'x' } }, namespaceSelector: {} }],
    [
      'in another namespace',
      BROKEN,
      { podSelector: byName, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } },
    ],
    [
      'in a namespace by a label that is not in the manifests',
      UNDECIDED,
      { podSelector: byName, namespaceSelector: { matchLabels: { team: 'observability' } } },
    ],
    ['by an address', UNDECIDED, { ipBlock: { cidr: '10.0.0.0/8' } }],
  ])('%s', (_, expected, peer) => {
    expect(states(prometheus, allow({ from: [peer] })).slice(0, 2)).toEqual(expected);
  });
});

test('a policy that cuts off a Prometheus of the manifests names it', () => {
  const prometheus = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'k8s', namespace: 'monitoring' },
    spec: { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} },
  };
  const { diagnostics } = trace([
    workload(),
    service,
    serviceMonitor({}),
    prometheus,
    allow({ from: [{ podSelector: {} }] }),
  ]);
  expect(diagnostics.map(formatMessage)).toContain(
    'Prometheus cannot reach metrics-2 (9002) for ServiceMonitor shop/web: the NetworkPolicies that select the pods admit only other pods to the port (NetworkPolicy shop/web); add the pods of Prometheus monitoring/k8s to an ingress rule for port 9002',
  );
});
