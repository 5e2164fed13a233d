import { trace } from '../../src/checks/trace/trace.js';
import type { Chain } from '../../src/checks/trace/chain.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { byApp, podMonitor, service, serviceMonitor, template, workload } from './manifests-of-others.js';
import type { Loose } from '../manifests-of.js';
import { afterwards, type FineCase } from './one-change.js';

const configMap = (metadata: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
const autoscaler = (minReplicas: unknown) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'shop' },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'shop' }, minReplicas, maxReplicas: 9 },
});
const rule = (one: object) => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'a' },
  spec: { groups: [{ name: 'a', interval: '${INTERVAL}', rules: [one] }] },
});
const INGRESS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'a' },
  spec: {
    rules: [
      {
        http: {
          paths: [
            {
              path: '/',
              pathType: 'Prefix',
              backend: { service: { name: 'shop', port: { name: '${PORT}' } } },
            },
          ],
        },
      },
    ],
  },
};
const RECEIVER = {
  apiVersion: 'monitoring.coreos.com/v1alpha1',
  kind: 'AlertmanagerConfig',
  metadata: { name: 'a' },
  spec: { route: { receiver: 'a' }, receivers: [{ name: 'a', webhookConfigs: [{ url: '${URL}' }] }] },
};
const BUDGET = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'one' },
  spec: { minAvailable: 1, selector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } } },
};

test.each<FineCase>([
  ['the name of an object', ({ all }) => all.push(configMap({ name: '${NAME}' }))],
  ['a namespace', ({ all }) => all.push(configMap({ name: 'a', namespace: 'shop-${STAGE}' }))],
  ['a label', ({ all }) => all.push(configMap({ name: 'a', labels: { stage: '${STAGE:=dev}' } }))],
  ['an API version', ({ all }) => all.push({ ...configMap({ name: 'a' }), apiVersion: '${VERSION}' })],
  ['a port of a Service', ({ service }) => service.spec.ports.push({ name: 'a', port: '${PORT}', targetPort: 'http' })],
  ['a target port', ({ service }) => service.spec.ports.push({ name: 'a', port: 9, targetPort: '${PORT}' })],
  ['a port of a container', ({ container }) => container.ports.push({ name: 'a', containerPort: '${PORT}' })],
  ['a metrics port', ({ container }) => (container.ports.find((one: Loose) => one.name === 'metrics-1').containerPort = '${PORT}')],
  ['the port of a probe', ({ container }) => (container.livenessProbe = { httpGet: { path: '/', port: '${PORT}' } })],
  ['the port of a hook', ({ container }) => (container.lifecycle = { preStop: { httpGet: { port: '${PORT}' } } })],
  ['the fewest pods of an autoscaler', ({ all, deployment }) => {
    deployment.spec.replicas = undefined;
    all.push(autoscaler('${FEWEST}'), BUDGET);
  }],
  ['the interval of an endpoint', ({ monitor }) => (monitor.spec.endpoints[0].interval = '${INTERVAL:=30s}')],
  ['a number of a monitor', ({ monitor }) => (monitor.spec.sampleLimit = '${LIMIT}')],
  ['a part of a rule', ({ all }) => all.push(rule({ alert: 'A', expr: 'up < ${LIMIT}', for: '${FOR}' }))],
  ['the URL of a receiver', ({ all }) => all.push(RECEIVER)],
  ['the number of workers in env', ({ container }) => (container.env.find((one: Loose) => one.name === 'WEB_CONCURRENCY').value = '${WORKERS}')],
  ['the name of a mounted volume', ({ container }) => (container.volumeMounts = [{ name: '${VOLUME}', mountPath: '/a' }])],
  ['the name of a volume', ({ container, pod }) => {
    pod.volumes = [{ name: '${VOLUME}', emptyDir: {} }];
    container.volumeMounts = [{ name: 'data', mountPath: '/a' }];
  }],
  ['a key of a ConfigMap', ({ all, container }) => (all.push({ ...configMap({ name: 'a' }), data: { b: '' } }), container.env.push({ name: 'A', valueFrom: { configMapKeyRef: { name: 'a', key: '${KEY}' } } }))],
  ['the port of a route', ({ all }) => all.push(INGRESS)],
])('a variable that Flux replaces is fine as %s', (_, change) => {
  expect(afterwards(change)).toEqual([]);
}); // prettier-ignore

test.each([
  ['the port of a ServiceMonitor', [service, serviceMonitor({ endpoints: [{ port: '${PORT}' }] })]],
  ['the port of a PodMonitor', [podMonitor({ podMetricsEndpoints: [{ port: '${PORT}' }] })]],
  ['the target port of a Service', [{ ...service, spec: { selector: { app: 'web' }, ports: [{ name: 'a', port: 80, targetPort: '${PORT}' }] } }, serviceMonitor({ endpoints: [{ port: 'a' }] })]],
])('a variable that Flux replaces as %s hides the end of the path', (_, others) => {
  const { chains, diagnostics } = trace([workload(), ...others]);
  expect(chains).toContainEqual(expect.objectContaining({ reason: 'Flux replaces ${PORT}' }));
  expect(diagnostics.filter(({ message }) => message.includes('PORT'))).toEqual([]);
}); // prettier-ignore

test.each(['${alert(1)}', '${1}', '${', '${PORT', '$PORT'])(
  '%s is no variable that Flux replaces',
  (port) => {
    const withPort: FineCase[1] = ({ service }) =>
      service.spec.ports.push({ name: 'a', port, targetPort: 'http' });
    expect(afterwards(withPort)).toEqual([expect.stringContaining(`got "${port}"`)]);
  },
);

const portsOf = (ports: readonly object[], env: readonly object[] = [], more: object = {}) => {
  const containers = [{ name: 'web', image: 'web', ports, env, ...more }];
  return workload('Deployment', { selector: byApp, template: { ...template, spec: { containers } } });
};
const serviceOf = (ports: readonly object[]) => ({ ...service, spec: { selector: { app: 'web' }, ports } });
const policyOf = (port: unknown): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { podSelector: byApp, ingress: [{ ports: [{ port }] }] },
});
const METRICS = { name: 'metrics-1', containerPort: 9001 };
const REPLACED = { name: 'metrics-1', containerPort: '${PORT}' };

/** The states of the chains, and all diagnostics. */
function traced(...manifests: Manifest[]) {
  const { chains, diagnostics } = trace(manifests);
  const stateOf = ({ isWhole, isUnseen, isUndecided, reason = '' }: Chain) =>
    `${isUnseen ? 'unseen' : isUndecided ? 'undecided' : isWhole ? 'ok' : 'broken'}${reason && `: ${reason}`}`;
  return [...chains.map(stateOf), ...diagnostics.map(formatDiagnostic)];
}

test.each<[string, Manifest[], string[]]>([
  ['the port of a container behind a Service with its number', [portsOf([REPLACED]), serviceOf([{ name: 'a', port: 80, targetPort: 9001 }]), serviceMonitor({ endpoints: [{ port: 'a' }] })], ['ok']],
  ['the port of a container for a PodMonitor with its number', [portsOf([REPLACED]), podMonitor({ podMetricsEndpoints: [{ portNumber: 9001 }] })], ['unseen: Flux replaces ${PORT}']],
  ['the name of a port of a container', [portsOf([{ name: '${NAME}', containerPort: 9001 }]), service, serviceMonitor({ endpoints: [{ port: 'metrics-1' }] })], ['unseen: Flux replaces ${NAME}']],
  ['the name of a port of a Service', [portsOf([METRICS]), serviceOf([{ name: '${NAME}', port: 80, targetPort: 'metrics-1' }]), serviceMonitor({ endpoints: [{ port: 'metrics-1' }] })], ['unseen: Flux replaces ${NAME}']],
  ['the port of a ServiceMonitor', [portsOf([METRICS]), serviceOf([{ name: 'metrics-1', port: 80, targetPort: 'metrics-1' }]), serviceMonitor({ endpoints: [{ port: '${PORT}' }] })], ['unseen: Flux replaces ${PORT}']],
  ['the port of a PodMonitor', [portsOf([METRICS]), podMonitor({ podMetricsEndpoints: [{ port: '${PORT}' }] })], ['unseen: Flux replaces ${PORT}']],
  ['the target port of a Service', [portsOf([METRICS]), serviceOf([{ name: 'a', port: 80, targetPort: '${PORT}' }]), serviceMonitor({ endpoints: [{ port: 'a' }] })], ['unseen: Flux replaces ${PORT}']],
  ['the port of a container with a fixed range in env', [portsOf([REPLACED], [{ name: 'METRICS_START_PORT', value: '9001' }, { name: 'WEB_CONCURRENCY', value: '1' }]), podMonitor({ podMetricsEndpoints: [{ port: 'metrics-1' }] })], ['ok']],
  ['the port of a monitor of workers without a port', [portsOf([], [{ name: 'METRICS_START_PORT', value: '9001' }, { name: 'WEB_CONCURRENCY', value: '1' }]), serviceOf([{ name: 'a', port: 80, targetPort: 9000 }]), serviceMonitor({ endpoints: [{ port: '${PORT}' }] })], ['unseen: Flux replaces ${PORT}']],
  ['the port of a NetworkPolicy', [portsOf([METRICS]), podMonitor({ podMetricsEndpoints: [{ port: 'metrics-1' }] }), policyOf('${PORT}')], ['undecided: Flux replaces ${PORT}']],
  ['the port of a container behind a NetworkPolicy', [portsOf([REPLACED]), podMonitor({ podMetricsEndpoints: [{ port: 'metrics-1' }] }), policyOf(9001)], ['undecided: Flux replaces ${PORT}']],
  ['the name of a port that a Service targets', [portsOf([{ name: '${NAME}', containerPort: 8000 }]), serviceOf([{ port: 80, targetPort: 'http' }])], []],
  ['the name of a port that a probe names', [portsOf([{ name: '${NAME}', containerPort: 8000 }], [], { readinessProbe: { tcpSocket: { port: 'http' } } })], []],
])('a variable that Flux replaces as %s is no error', (_, manifests, expected) => {
  const warnings = ['WEB_CONCURRENCY is not set', 'METRICS_START_PORT is not set'];
  expect(traced(...manifests).filter((line) => !warnings.some((one) => line.includes(one)))).toEqual(expected);
}); // prettier-ignore

test.each<[string, Manifest[], RegExp]>([
  ['a second worker', [portsOf([METRICS, { name: 'metrics-2', containerPort: 9002 }]), podMonitor({ podMetricsEndpoints: [{ port: '${PORT}' }] })], /metrics-2 \(9002\) is not scraped/],
  ['a port without any monitor', [portsOf([REPLACED])], /metrics-1 \(\$\{PORT\}\) is not scraped/],
  ['a Service of another number', [portsOf([METRICS]), serviceOf([{ name: 'a', port: 80, targetPort: 9009 }]), serviceMonitor({ endpoints: [{ port: 'a' }] })], /9009 is not a port of a container/],
  ['a policy for another port', [portsOf([METRICS]), podMonitor({ podMetricsEndpoints: [{ port: 'metrics-1' }] }), policyOf(80)], /does not admit/],
])('a variable hides no other fault: %s', (_, manifests, message) => {
  expect(traced(...manifests)).toContainEqual(expect.stringMatching(message));
}); // prettier-ignore

const labelled = (labels: Loose): Manifest =>
  workload('Deployment', {
    selector: byApp,
    template: {
      metadata: { labels },
      spec: { containers: [{ name: 'web', image: 'web', ports: [METRICS] }] },
    },
  });
const pods = (app: string, more: object = {}): Manifest =>
  workload('Deployment', {
    selector: { matchLabels: { app } },
    template: {
      metadata: { labels: { app, ...more } },
      spec: { containers: [{ name: 'web', image: 'web', ports: [METRICS] }] },
    },
  });
const serviceFor = (selector: object, labels: object): Manifest => ({
  ...service,
  metadata: { name: 'web', namespace: 'shop', labels },
  spec: { selector, ports: [{ name: 'metrics-1', port: 80, targetPort: 'metrics-1' }] },
});
const monitorOf = (matchLabels: object) =>
  serviceMonitor({ selector: { matchLabels }, endpoints: [{ port: 'metrics-1' }] });
const podMonitorOf = (matchLabels: object) =>
  podMonitor({ selector: { matchLabels }, podMetricsEndpoints: [{ port: 'metrics-1' }] });
const budgetOf = (app: string): Manifest => ({
  ...BUDGET,
  metadata: { name: 'web', namespace: 'shop' },
  spec: { maxUnavailable: 1, selector: { matchLabels: { app } } },
});
const UNKNOWN = ['unseen: Flux replaces ${APP}'];

describe('a variable in a label of one object only leaves open whether it is selected:', () => {
  test.each<[string, Manifest[], string[]]>([
    ['the selector of a Service', [pods('web'), serviceFor({ app: '${APP}' }, { app: 'web' }), monitorOf({ app: 'web' })], UNKNOWN],
    ['the pods of a Service', [pods('${APP}'), serviceFor({ app: 'web' }, { app: 'web' }), monitorOf({ app: 'web' })], UNKNOWN],
    ['the selector of a ServiceMonitor', [pods('web'), serviceFor({ app: 'web' }, { app: 'web' }), monitorOf({ app: '${APP}' })], UNKNOWN],
    ['the labels of a Service', [pods('web'), serviceFor({ app: 'web' }, { app: 'shop-${APP}' }), monitorOf({ app: 'web' })], ['unseen: Flux replaces shop-${APP}']],
    ['the selector of a PodMonitor', [pods('web'), podMonitorOf({ app: '${APP}' })], UNKNOWN],
    ['the pods of a PodMonitor', [pods('${APP}'), podMonitorOf({ app: 'web' })], UNKNOWN],
    ["the object's own pods", [labelled({ app: '${APP}' }), podMonitorOf({ app: '${APP}' })], ['ok']],
    ['a PodDisruptionBudget', [pods('web'), podMonitorOf({ app: 'web' }), budgetOf('${APP}')], ['ok']],
  ])('%s', (_, manifests, expected) => {
    expect(traced(...manifests).filter((line) => !line.includes('is not set'))).toEqual(expected);
  }); // prettier-ignore

  test.each<[string, Manifest[]]>([
    ['another label differs', [pods('${APP}', { tier: 'front' }), podMonitorOf({ app: 'web', tier: 'back' })]],
    ['a label is not there', [pods('${APP}'), podMonitorOf({ app: 'web', tier: 'back' })]],
    ['other pods have the variable in another label', [pods('web', { stage: '${STAGE}' }), podMonitorOf({ app: 'shop' })]],
  ])('not if %s', (_, manifests) => {
    expect(traced(...manifests)).toContainEqual(expect.stringContaining('spec.selector: no pods in'));
  }); // prettier-ignore
});
