import { afterwards, type FineCase } from './one-change.js';

const configMap = (metadata: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
const autoscaler = (minReplicas: unknown) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'shop' },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'shop' }, minReplicas, maxReplicas: 9 },
});
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
  ['the port of a probe', ({ container }) => (container.livenessProbe = { httpGet: { path: '/', port: '${PORT}' } })],
  ['the port of a hook', ({ container }) => (container.lifecycle = { preStop: { httpGet: { port: '${PORT}' } } })],
  ['the fewest pods of an autoscaler', ({ all }) => all.push(autoscaler('${FEWEST}'), BUDGET)],
])('a variable that Flux replaces is fine as %s', (_, change) => {
  expect(afterwards(change)).toEqual([]);
}); // prettier-ignore
