import { load, loadAll } from 'js-yaml';
import { trace } from '../../src/checks/trace/trace.js';
import { synthesize } from '../../charts/synthesize.js';
import { mapAt, textAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { parseValues } from '../../src/values/parse-values.js';
import { CELERY, worker, cronJob } from './chart-pods.js';
import { deployment, Manifests, SELECTOR, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

const imported = (...objects: object[]) => chart.ofObjects(...objects);

test('a Deployment that a Service leads to stays in objects', () => {
  const service = {
    ...SERVICE,
    metadata: { name: 'flower' },
    spec: { selector: CELERY, ports: [{ port: 80, targetPort: 5555 }] },
  };

  const result = chart.result(text(deployment(), SERVICE, worker(), service), { name: 'prod-shop' });

  expect(result.warnings).toContainEqual(
    expect.objectContaining({
      message: 'stays in objects, and is no process: Service default/flower leads to its pods',
    }),
  );
  expect((load(result.text) as Record<string, unknown>)['objects']).toMatchObject([
    { kind: 'Deployment' },
    { kind: 'Service' },
  ]);
});

test('a Service that names a port which the pods do not have leads to none of them', () => {
  const shared = { app: 'shop', release: 'prod', component: 'celery' };

  // Without --name: only the web pods have the port.
  const { values, warnings } = imported(deployment(), SERVICE, worker({}, {}, {}, shared));

  expect(values).toMatchObject({ name: 'prod-shop', objects: [{ metadata: { name: 'prod-celery' } }] });
  expect(warnings).toContainEqual(
    expect.objectContaining({
      severity: 'note',
      message: expect.stringContaining('have the labels by which the web pods are selected') as string,
    }),
  );
});

test('a CronJob becomes a cron job even if a Service selects its pods: they get labels of their own', () => {
  const job = cronJob({}, {}, {}, SELECTOR);

  const { values, losses, patches } = imported(deployment(), SERVICE, job);

  expect(values).toMatchObject({ cronJobs: { cleanup: { podLabels: { app: 'shop-cleanup' } } } });
  expect([values['objects'], losses, patches]).toEqual([undefined, [], 0]);
});

test.each([
  ['a process', worker({}, {}, {}, { role: 'celery' }), 'prod-celery'],
  ['a cron job', cronJob({}, {}, {}, { role: 'cleanup' }), 'prod-shop-cleanup'],
])('%s gets no label by which a Service could select its pods', (_, object, name) => {
  const { text: written, losses } = imported(deployment(), SERVICE, object);
  const { values } = parseValues([{ file: 'values.yaml', text: written }]);
  const manifests = [...synthesize(values)].flatMap(({ yaml }) => loadAll(yaml) as Manifest[]);

  const found = manifests.find(
    (one) => textAt(one, 'metadata', 'name') === name && one['kind'] === object.kind,
  );
  const job = object.kind === 'CronJob' ? ['jobTemplate', 'spec'] : [];
  const labels = mapAt(found, 'spec', ...job, 'template', 'metadata', 'labels');
  expect(Object.values(labels)).not.toContain('prod');
  expect(labels).toMatchObject(mapAt(object, 'spec', ...job, 'template', 'metadata', 'labels'));
  expect(losses).toEqual([]);
});

describe('a Deployment that a Service leads only Prometheus to is a process', () => {
  const celeryService = (ports: readonly object[], name = 'prod-celery-metrics') => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop', labels: { ...CELERY, metrics: 'yes' } },
    spec: { selector: CELERY, ports },
  });
  const monitor = (port: string) => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'prod-celery', namespace: 'shop' },
    spec: { selector: { matchLabels: { metrics: 'yes' } }, endpoints: [{ port, interval: '20s' }] },
  });
  const served = (port: string) =>
    worker({
      ports: [{ name: port, containerPort: 9540 }],
      livenessProbe: { httpGet: { path: '/healthz', port } },
    });

  test.each([
    ['a port named metrics', 'metrics', 'prod-celery-metrics'],
    ['a port of another name for metrics', 'celery-exporter', 'prod-celery-metrics'],
    ['the name of the Deployment', 'metrics', 'prod-celery'],
  ])('by %s: its ports, the Service and the monitor stay', (_, port, name) => {
    const service = celeryService([{ name: port, port: 9540, targetPort: port }], name);
    const objects = [deployment(), SERVICE, served(port), service, monitor(port)];
    const result = imported(...objects);

    expect(result.losses).toEqual([]);
    expect(result.values['processes']).toMatchObject({ celery: { name: 'prod-celery' } });
    expect((result.values['objects'] as Manifest[]).map(({ kind }) => kind)).toEqual([
      'Service',
      'ServiceMonitor',
    ]);
    const { values, problems } = parseValues([{ file: 'values.yaml', text: result.text }]);
    const files = [...synthesize(values)];
    expect([...problems, ...files.flatMap(({ errors }) => errors)]).toEqual([]);
    const manifests = files.flatMap(({ yaml }) => loadAll(yaml) as Manifest[]);
    const celery = manifests.find(
      (one) => one['kind'] === 'Deployment' && textAt(one, 'metadata', 'name') === 'prod-celery',
    );
    expect(celery).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                ports: [{ name: port, containerPort: 9540 }],
                livenessProbe: { httpGet: { path: '/healthz', port } },
              },
            ],
          },
        },
      },
    });
    expect(
      trace(manifests).chains.map(({ brokenAt, containerPort }) => [containerPort?.number, brokenAt]),
    ).toEqual([[9540, undefined]]);
  });

  test('unless another port of it is for clients', () => {
    const service = celeryService([
      { name: 'metrics', port: 9540, targetPort: 'metrics' },
      { name: 'flower', port: 5555 },
    ]);
    const result = chart.result(text(deployment(), SERVICE, served('metrics'), service), {
      name: 'prod-shop',
    });
    expect(load(result.text)).not.toHaveProperty('processes');
  });
});
