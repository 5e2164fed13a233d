import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { importHelm } from '../../src/import-helm/import-helm.js';
import { deployment, Manifests, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

describe('manifests that do not contain', () => {
  test.each([
    [
      'the Deployment of --name',
      { name: 'foo' },
      'all.yaml: no Deployment foo; known are prod-shop, prod-celery',
    ],
    [
      'the container of --container',
      { container: 'foo' },
      'all.yaml:2: Deployment shop/prod-shop: no container foo; known are web, nginx',
    ],
    [
      'the namespace of --namespace',
      { namespace: 'foo' },
      'all.yaml:6: Deployment shop/prod-shop: metadata.namespace: the Deployment is in the namespace shop, not in foo; omit --namespace, or name the manifests of the other release',
    ],
  ])('%s are refused', (_, facts, message) => {
    const nginx = { name: 'nginx', image: 'nginx:1.29' };
    const web = JSON.parse(JSON.stringify(deployment())) as {
      spec: { template: { spec: { containers: object[] } } };
    };
    web.spec.template.spec.containers.push(nginx);
    const celery = JSON.parse(
      JSON.stringify(deployment({}, {}, { name: 'prod-celery' })).replaceAll(
        '"app":"shop"',
        '"app":"celery"',
      ),
    ) as object;

    const file = chart.write('all.yaml', text(web, SERVICE, celery));
    const result = importHelm({ file, ...facts });

    expect(
      'problems' in result && result.problems.map((one) => formatDiagnostic({ ...one, file: 'all.yaml' })),
    ).toEqual([message]);
  });
});

test('manifests of another release than --instance are refused', () => {
  const labels = { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'prod' };
  const web = JSON.parse(
    JSON.stringify(deployment()).replaceAll('"app":"shop"', JSON.stringify(labels).slice(1, -1)),
  ) as object;
  const imported = (instance: string) => importHelm({ file: chart.write('all.yaml', text(web)), instance });

  expect(imported('prod')).not.toHaveProperty('problems');
  expect(imported('foo')).toMatchObject({
    problems: [{ message: 'the Deployment is of the release prod, not of foo' }],
  });
});

test('of values with another --name, the account has that name, too', () => {
  const helm =
    'fullnameOverride: shop\nimage: { repository: a/b, tag: "1" }\nserviceAccount: { create: true }\n';
  const { losses, patches } = chart.result(helm, { name: 'web', workers: 2 });
  expect([losses, patches]).toEqual([[], 0]);
});

test('of manifests, --name, --container and --namespace name objects that exist', () => {
  const facts = { name: 'prod-shop', container: 'web', namespace: 'shop' };
  expect(chart.result(text(deployment(), SERVICE), facts)).toMatchObject({ name: 'prod-shop', losses: [] });
});
