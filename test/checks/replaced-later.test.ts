import { trace } from '../../src/checks/trace/trace.js';
import { podMonitor, service, serviceMonitor, workload } from './manifests-of-others.js';
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
