import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { AlertmanagerCluster } from '../src/stack/alertmanager/alertmanager-cluster.js';
import { WorkerApp } from '../src/worker-app/worker-app.js';
import type { WorkerAppProps } from '../src/worker-app/worker-app-props.js';
import { shop } from './a-worker-app.js';
import { PrometheusServer } from '../src/stack/prometheus-server/prometheus-server.js';

const config = { route: { receiver: 'team' }, receivers: [{ name: 'team' }] };
const cluster = (props: object) => (chart: Chart) =>
  new AlertmanagerCluster(chart, 'x', { name: 'am', peers: 3, ...props });
const server = (props: object) => (chart: Chart) =>
  new PrometheusServer(chart, 'x', {
    name: 'prom',
    replicas: 2,
    git: { repository: 'https://git.example.com/config.git', branch: 'main' },
    ...props,
  });

const WINDOW = { component: 'billing', days: ['Mon' as const], start: '08:00', end: '18:00' };
const worker = (props: Partial<WorkerAppProps>) => (chart: Chart) => new WorkerApp(chart, 'x', shop(props));

/** The ApiObjects in the fields of a construct. */
function exposed(construct: Construct): ApiObject[] {
  return Object.values(construct)
    .flatMap((value: unknown) => (isMapOfObjects(value) ? Object.values(value) : [value].flat()))
    .filter((value): value is ApiObject => value instanceof ApiObject);
}

/** Such as the claims of a WorkerApp, by their volumes. */
function isMapOfObjects(value: unknown): value is Readonly<Record<string, ApiObject>> {
  return value?.constructor === Object && Object.values(value).every((one) => one instanceof ApiObject);
}

const namesOf = (objects: readonly ApiObject[]) =>
  objects.map(({ kind, name }) => `${kind} ${name}`).toSorted();

test.each([
  ['a WorkerApp', worker({})],
  [
    'one with everything',
    worker({
      metrics: { service: 'headless', exporter: 'gunicorn' },
      alerts: true,
      dashboard: true,
      serviceWindows: [WINDOW],
    }),
  ],
  [
    'one with every key that makes an object',
    worker({
      autoscaling: { maxReplicas: 4 },
      ingress: { host: 'shop.example.com' },
      httpRoute: { parentRefs: [{ name: 'public' }] },
      networkPolicy: true,
      serviceAccount: { create: true, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
      files: { '/etc/shop/a': 'b' },
      volumes: { media: { claim: { size: '1Gi' }, mountPath: '/media' }, cache: { claim: { size: '1Gi' } } },
    }),
  ],
  ['a standalone AlertmanagerCluster', cluster({ config })],
  ['one whose configuration is elsewhere', cluster({ configFrom: { secret: 'am', key: 'am.yaml' } })],
  ['one of the operator', cluster({ form: 'operator', alertmanagerConfig: config })],
  ['a PrometheusServer', server({ discovery: { namespaces: ['a', 'b'] } })],
  ['one that looks for targets in the whole cluster', server({ discovery: { cluster: true } })],
])('every object of %s can be reached', (_, make) => {
  const chart = new Chart(new App(), 'chart');
  const construct = make(chart);
  const all = chart.node.findAll().filter((node) => node instanceof ApiObject);
  expect(namesOf(exposed(construct))).toEqual(namesOf(all));
});

test('a patch adds a field that Kubernetes 1.28 does not know', () => {
  const chart = new Chart(new App(), 'chart');
  const { statefulSet } = cluster({ config })(chart);
  statefulSet?.addJsonPatch(JsonPatch.add('/spec/template/spec/newerField', true));
  expect(chart.toJson()).toContainEqual(
    expect.objectContaining({
      kind: 'StatefulSet',
      spec: expect.objectContaining({
        template: expect.objectContaining({
          spec: expect.objectContaining({ newerField: true }) as unknown,
        }) as unknown,
      }) as unknown,
    }),
  );
});
