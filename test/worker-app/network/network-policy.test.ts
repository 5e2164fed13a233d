import { checkManifests } from '../../../src/checks/check-manifests.js';
import { trace } from '../../../src/checks/trace/trace.js';
import type { Manifest } from '../../../src/kubernetes/manifest.js';
import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { problemsOf, shop, shopWith } from '../../a-worker-app.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';

const policyOf = (props: Partial<WorkerAppProps>): Loose =>
  manifestsOf(shop({ workers: 2, ...props })).all.find(({ kind }) => kind === 'NetworkPolicy');
const tcp = (port: number) => ({ port, protocol: 'TCP' });
const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const PROMETHEUS: Manifest = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
  metadata: { name: 'k8s', namespace: 'monitoring' },
  spec: { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} },
};

/** The states of the chains to both workers. */
function states(props: Partial<WorkerAppProps>, ...others: Manifest[]): string[] {
  return trace([...manifestsOf(shop({ workers: 2, ...props })).all, ...others]).chains.map(
    ({ isWhole, isUndecided }) => (!isWhole ? 'broken' : isUndecided ? 'undecided' : 'ok'),
  );
}

test('the ports of the Service are open to everyone, and the metrics ports, each singly, to Prometheus alone', () => {
  expect(policyOf({ networkPolicy: true, ports: { grpc: { port: 9000, servicePort: 443 } } })).toMatchObject({
    apiVersion: 'networking.k8s.io/v1',
    metadata: { name: 'shop', namespace: 'default' },
    spec: {
      podSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'shop' },
      },
      policyTypes: ['Ingress'],
      ingress: [
        { ports: [tcp(8000), tcp(9000)] },
        {
          from: ['name', 'component'].map((label) => ({
            namespaceSelector: {},
            podSelector: { matchLabels: { [`app.kubernetes.io/${label}`]: 'prometheus' } },
          })),
          ports: [tcp(8001), tcp(8002)],
        },
      ],
    },
  });
});

test('no rule admits everyone to a metrics port, with any number of workers and any ports', () => {
  for (const workers of [1, 7, 100]) {
    const { ingress } = policyOf({ workers, networkPolicy: true, ports: { grpc: 9000 } }).spec;
    const open = ingress.filter(({ from }: Loose) => from === undefined).flatMap(({ ports }: Loose) => ports);
    expect(open.map(({ port }: Loose) => port)).toEqual([8000, 9000]);
    expect(open.every(({ endPort }: Loose) => endPort === undefined)).toBe(true);
  }
});

test('http is admitted at the port that takes the traffic of the Service', () => {
  const { ingress } = policyOf({
    networkPolicy: true,
    ports: { nginx: 8080 },
    http: { targetPort: 'nginx' },
  }).spec;
  expect(ingress[0]).toEqual({ ports: [tcp(8080)] });
});

test('it selects the pods by the selector labels', () => {
  const policy = policyOf({ networkPolicy: true, selectorLabels: { app: 'web' }, podLabels: { app: 'web' } });
  expect(policy.spec.podSelector).toEqual({ matchLabels: { app: 'web' } });
});

test('from and metricsFrom are the peers; egress adds DNS', () => {
  const from = [inNamespace('ingress-nginx')];
  const metricsFrom = [inNamespace('monitoring')];
  const database = { podSelector: { matchLabels: { app: 'database' } } };
  const rule = { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 5432 }] };
  const { spec } = policyOf({ networkPolicy: { from, metricsFrom, egress: [database, rule] } });
  expect(spec.ingress).toEqual([
    { from, ports: [tcp(8000)] },
    { from: metricsFrom, ports: [tcp(8001), tcp(8002)] },
  ]);
  expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
  expect(spec.egress).toEqual([
    { to: [database] },
    rule,
    { ports: [{ port: 53, protocol: 'UDP' }, tcp(53)] },
  ]);
});

test('an empty egress allows DNS alone', () => {
  expect(policyOf({ networkPolicy: { egress: [] } }).spec.egress).toEqual([
    { ports: [{ port: 53, protocol: 'UDP' }, tcp(53)] },
  ]);
});

test('false writes no policy', () => {
  expect(policyOf({ networkPolicy: false })).toBeUndefined();
});

test.each<[string, Partial<WorkerAppProps>, Manifest[], string]>([
  ['the policy admits a Prometheus of the operator', { networkPolicy: true }, [], 'ok'],
  ['with a PodMonitor', { networkPolicy: true, metrics: { monitor: 'PodMonitor' } }, [], 'ok'],
  ['with the headless Service', { networkPolicy: true, metrics: { service: 'headless' } }, [], 'ok'],
  ['with one port for all workers', { networkPolicy: true, metrics: { strategy: 'multiprocess' } }, [], 'ok'],
  ['it admits the Prometheus of the manifests', { networkPolicy: true }, [PROMETHEUS], 'ok'],
  ['the namespace of Prometheus is admitted', { networkPolicy: { metricsFrom: [inNamespace('monitoring')] } }, [PROMETHEUS], 'ok'],
  ['another namespace cuts Prometheus off', { networkPolicy: { metricsFrom: [inNamespace('other')] } }, [PROMETHEUS], 'broken'],
  ['pods of the own namespace cut Prometheus off', { networkPolicy: { metricsFrom: [{ podSelector: {} }] } }, [PROMETHEUS], 'broken'],
  ['a patch without the metrics rule cuts Prometheus off', { networkPolicy: true, patches: [{ target: { kind: 'NetworkPolicy', name: 'shop' }, json: [{ op: 'remove', path: '/spec/ingress/1' }] }] }, [], 'broken'],
  ['it is not known where Prometheus is', { networkPolicy: { metricsFrom: [inNamespace('monitoring')] } }, [], 'undecided'],
])('trace: %s', (_, props, others, state) => {
  expect(new Set(states(props, ...others))).toEqual(new Set([state]));
}); // prettier-ignore

test('the checks have nothing to say about the policy', () => {
  expect(checkManifests(manifestsOf(shop({ networkPolicy: true, ports: { grpc: 9000 } })).all)).toEqual([]);
});

const EMPTY = 'Kubernetes reads an empty list as everyone; list the peers, or remove it for the default';

test.each([
  ['nobody', { from: [] }, `networkPolicy.from: ${EMPTY}`],
  ['nobody at the metrics ports', { metricsFrom: [] }, `networkPolicy.metricsFrom: ${EMPTY}`],
  ['an empty list in an egress rule', { egress: [{ to: [] }] }, `networkPolicy.egress[0].to: ${EMPTY}`],
  ['an empty peer', { from: [{}] }, 'networkPolicy.from[0]: expected podSelector, namespaceSelector or ipBlock, got an empty map'],
  ['selectors with addresses', { from: [{ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }] }, 'networkPolicy.from[0].ipBlock: a peer has either selectors or an ipBlock; write two peers'],
  ['an address without its mask', { from: [{ ipBlock: { cidr: '10.0.0.1' } }] }, 'networkPolicy.from[0].ipBlock.cidr: expected addresses such as 10.0.0.0/8, got "10.0.0.1"'],
  ['a rule that is a peer, too', { egress: [{ podSelector: {}, ports: [{ port: 5432 }] }] }, 'networkPolicy.egress[0].podSelector: a rule with to or ports has its peers in to; move podSelector into to'],
  ['a field with a typing error', { from: [{ podSelectors: {} }] }, 'networkPolicy.from[0].podSelectors: a NetworkPolicyPeer of Kubernetes 1.28 has no such field; did you mean "podSelector"?'],
])('%s is refused', (_, networkPolicy, message) => {
  expect(problemsOf(shopWith({ networkPolicy }))).toEqual([message]);
}); // prettier-ignore

describe('Prometheus may connect to the ports of metrics.extraEndpoints', () => {
  const sidecars = { proxy: { image: 'a/b:v1', ports: [{ name: 'proxy', containerPort: 9113 }] } };
  const toPrometheus = (props: Partial<WorkerAppProps>) =>
    policyOf({ networkPolicy: { from: [inNamespace('ingress')] }, ...props }).spec.ingress[1].ports;

  test.each<[string, Partial<WorkerAppProps>, object[]]>([
    ['the port of a sidecar that is no port of the Service', { sidecars, metrics: { extraEndpoints: [{ targetPort: 'proxy' }] } }, [tcp(9113)]],
    ['a port of the Service, at its container port', { ports: { admin: { port: 8443, servicePort: 443 } }, metrics: { extraEndpoints: [{ port: 'admin' }] } }, [tcp(8443)]],
    ['the port http, which a sidecar takes', { sidecars, http: { targetPort: 'proxy' }, metrics: { extraEndpoints: [{ port: 'http' }] } }, [tcp(9113)]],
    ['a number', { metrics: { extraEndpoints: [{ targetPort: 9200 }] } }, [tcp(9200)]],
    ['a port by its name for a PodMonitor', { sidecars, metrics: { monitor: 'PodMonitor', extraEndpoints: [{ port: 'proxy' }] } }, [tcp(9113)]],
    ['a port by its number for a PodMonitor', { metrics: { monitor: 'PodMonitor', extraEndpoints: [{ portNumber: 9200 }] } }, [tcp(9200)]],
    ['a name that only a patch adds', { metrics: { extraEndpoints: [{ targetPort: 'added' }] } }, [{ port: 'added', protocol: 'TCP' }]],
    ['a metrics port only once', { metrics: { extraEndpoints: [{ port: 'metrics-1', path: '/other' }] } }, []],
  ])('%s', (_, props, ports) => {
    expect(toPrometheus(props)).toEqual([tcp(8001), tcp(8002), ...ports]);
  }); // prettier-ignore
});

test.each<[string, object, string]>([
  ['networkPolicy', { networkPolicy: { from: [{ ipBlock: { cidr: null } }] } }, 'networkPolicy.from[0].ipBlock.cidr: expected text'],
  ['volumes', { volumes: { a: { emptyDir: {}, mounts: [{ mountPath: null }] } } }, 'volumes.a.mounts[0].mountPath: expected text'],
  ['httpRoute', { httpRoute: { parentRefs: [{ name: 'a', namespace: null }] } }, 'httpRoute.parentRefs[0].namespace: expected text'],
])('null in a list of %s is refused', (_, props, expected) => {
  expect(problemsOf(shopWith(props as Readonly<Record<string, unknown>>))).toEqual([
    `${expected}, got null; remove the line: null removes a field of a map, and this is in a list`,
  ]);
}); // prettier-ignore
