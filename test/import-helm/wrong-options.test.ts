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

describe('a number of workers beside that of the server', () => {
  const file = () => chart.write('all.yaml', text(deployment(), SERVICE));

  test('is refused if it is another one: the command would start the old number', () => {
    expect(importHelm({ file: file(), workers: 4 })).toMatchObject({
      problems: [
        {
          object: 'Deployment shop/prod-shop',
          field: 'spec.template.spec.containers[0].command',
          message: '--workers 3 starts another number of workers than 4',
          hint: 'omit --workers; in the values file, change both command and workers',
        },
      ],
    });
  });

  test('is accepted if it is the same', () => {
    expect(importHelm({ file: file(), workers: 3 })).not.toHaveProperty('problems');
  });

  test('replaces WEB_CONCURRENCY, which the manifests compute', () => {
    const container = { command: ['gunicorn', 'a'], env: [{ name: 'WEB_CONCURRENCY', value: '3' }] };
    const { values } = chart.imported(text(deployment({}, container), SERVICE), { workers: 4 });
    expect(values).toMatchObject({ workers: 4, command: ['gunicorn', 'a'] });
    expect(values['patches']).toBeUndefined();
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
