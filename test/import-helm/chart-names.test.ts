import { HELM, HelmChart } from './helm-chart.js';

let chart: HelmChart;
beforeEach(() => (chart = new HelmChart()));
afterEach(() => chart.remove());

describe('the name of the Deployment', () => {
  const CHART = HELM.replace('fullnameOverride: shop\n', '');

  beforeEach(() => chart.write('Chart.yaml', 'name: shop\n'));

  test('is the one of helm create, with its selector', () => {
    expect(chart.imported(CHART, { instance: 'prod', namespace: 'live' })).toMatchObject({
      values: {
        name: 'prod-shop',
        instance: 'prod',
        selectorLabels: { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'prod' },
      },
      warnings: [],
    });
  });

  test.each([
    ['the release contains the name of the chart', CHART, 'my-shop', 'my-shop', 'shop'],
    [
      'nameOverride takes the place of the name of the chart',
      `${CHART}nameOverride: web\n`,
      'prod',
      'prod-web',
      'web',
    ],
    [
      'fullnameOverride counts before all',
      `${CHART}fullnameOverride: front\nnameOverride: web\n`,
      'prod',
      'front',
      'web',
    ],
  ])('follows its rules: %s', (_, text, instance, name, selected) => {
    const { values, warnings } = chart.imported(text, { instance });
    const selectorLabels = { 'app.kubernetes.io/name': selected, 'app.kubernetes.io/instance': instance };
    expect(values).toMatchObject({ name, instance, selectorLabels });
    expect(warnings).toEqual([]);
  });

  test('needs no selector where release and chart have one name', () => {
    const { values, warnings } = chart.imported(CHART, { instance: 'shop' });
    expect([values['name'], values['selectorLabels'], warnings]).toEqual(['shop', undefined, []]);
  });

  test('is not known without the release', () => {
    expect(chart.imported(CHART)).toMatchObject({
      values: { name: 'shop' },
      warnings: ['values.yaml: the name of the release is unknown, and helm create names objects after it; set --instance'],
    });
  }); // prettier-ignore

  test('is another with --name, and would be added beside the old one', () => {
    expect(chart.imported(CHART, { instance: 'prod', name: 'web' }).warnings).toEqual([
      'values.yaml: helm create names the Deployment prod-shop; ours, web, would be added beside it: omit --name, or delete the old one',
    ]);
  });
});

test('the name and the tag are those of the chart, if the values do not set them', () => {
  chart.write('Chart.yaml', 'name: from-chart\nappVersion: 7\n');
  const helm = HELM.replace('fullnameOverride: shop', 'nameOverride: ""').replace(', tag: "1.0"', '');
  expect(chart.converted(helm)).toMatchObject({ name: 'from-chart', image: 'a/b:7' });
});

test('reads a flat name and image', () => {
  const text = HELM.replace('fullnameOverride', 'name').replace(/image: .*/, 'image: a/b:2.0\nimagePullPolicy: Always\nreplicas: 3');
  expect(chart.imported(text, { instance: 'prod' })).toMatchObject({
    values: { name: 'shop', image: 'a/b:2.0', imagePullPolicy: 'Always', replicas: 3 },
    warnings: [],
  });
}); // prettier-ignore
