import { deployment, Manifests, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

const imported = (...objects: object[]) => chart.ofObjects(...objects);

test('of several Deployments, the one behind the Service has the web pods; --name chooses another', () => {
  const other = { ...deployment(), metadata: { name: 'celery', namespace: 'shop' } };
  const celery = JSON.parse(JSON.stringify(other).replaceAll('"app":"shop"', '"app":"celery"')) as object;
  const all = text(deployment(), SERVICE, celery);

  expect(chart.result(all)).toMatchObject({ name: 'prod-shop' });
  expect(chart.result(all, { name: 'celery' })).toMatchObject({ name: 'celery' });
});

test('of two numbers of workers, the later one counts', () => {
  const env = ['2', '4'].map((value) => ({ name: 'WEB_CONCURRENCY', value }));

  const { values, patches } = imported(deployment({}, { command: ['run'], env }), SERVICE);

  expect([values['workers'], values['env'], patches]).toEqual([4, undefined, 0]);
});

test('a List contains the objects of the chart', () => {
  const { values, warnings } = imported({ apiVersion: 'v1', kind: 'List', items: [SERVICE, deployment()] });

  expect(values).toMatchObject({ name: 'prod-shop', workers: 3 });
  expect(warnings).toMatchObject([{ line: 19, object: 'Deployment shop/prod-shop' }]);
});

test('messages name the namespace of -n for objects that have none', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'YQ==' } };
  const web = deployment({}, {}, { namespace: undefined });

  const { losses, warnings } = chart.result(text(web, secret), { namespace: 'other' });

  expect(losses).toMatchObject([{ place: { object: 'Secret other/s' } }]);
  expect(warnings).toMatchObject([{ object: 'Deployment other/prod-shop' }]);
});

test('a problem is placed in the manifest', async () => {
  chart.write(
    'all.yaml',
    text(deployment({}, { command: ['run'], env: [{ name: 'WEB_CONCURRENCY', value: 'many' }] })),
  );

  const { exitCode, stderr } = await chart.runInside('import-helm', 'all.yaml', '--format', 'text');

  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    'all.yaml:27: Deployment shop/prod-shop: spec.template.spec.containers[0].env[0].value: expected a whole number from 1 to 100, got "many"',
  );
});

test('manifests without a Deployment, and several without a Service, are refused', async () => {
  const refused = async (...objects: object[]) => {
    chart.write('all.yaml', text(...objects));
    return (await chart.runInside('import-helm', 'all.yaml')).stderr.split('\n')[0];
  };

  expect(await refused(SERVICE)).toBe(
    'all.yaml: no Deployment in these manifests; name the manifests of a chart with a web application',
  );
  expect(await refused({ ...deployment(), kind: 'StatefulSet' })).toBe(
    'all.yaml: no Deployment in these manifests, but StatefulSet shop/prod-shop; a WorkerApp makes a Deployment: name the manifests of a chart whose web application is one',
  );
  expect(await refused(deployment(), deployment({}, {}, { name: 'celery' }))).toBe(
    'all.yaml: 2 Deployments, and it is not known which has the web pods; set --name; known are prod-shop, celery',
  );
});
