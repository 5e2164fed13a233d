import { HELM, HelmChart } from './helm-chart.js';

let chart: HelmChart;
beforeEach(() => (chart = new HelmChart()));
afterEach(() => chart.remove());

describe.each(['enabled', 'create', 'deploy'])('%s', (name) => {
  test.each([
    ['pdb', 'maxUnavailable: 1'],
    ['podDisruptionBudget', 'minAvailable: 1'],
    ['ingress', 'hosts: [{ host: a.example.com, paths: [{ path: / }] }]'],
    ['httpRoute', 'hostnames: [a.example.com]'],
    ['autoscaling', 'maxReplicas: 3'],
    ['rbac', 'rules: []'],
    ['networkPolicy', 'from: [a]'],
  ])('false switches %s off, without a loss', (part, values) => {
    const helm = HELM.replace(/^ingress.*\n/m, '');
    const { losses, notCarried } = chart.result(`${helm}${part}: { ${name}: false, ${values} }\n`);
    expect([losses, notCarried.filter(({ field }) => field.startsWith(part))]).toEqual([[], []]);
  });

  test.each([
    ['pdb', 'maxUnavailable: 1', { podDisruptionBudget: { maxUnavailable: 1 } }],
    [
      'ingress',
      'hosts: [{ host: a.example.com, paths: [{ path: / }] }]',
      { ingress: { host: 'a.example.com' } },
    ],
    ['autoscaling', 'maxReplicas: 3', { autoscaling: { maxReplicas: 3 } }],
  ])('true switches %s on', (part, values, key) => {
    const helm = HELM.replace(/^ingress.*\n/m, '');
    expect(chart.converted(`${helm}${part}: { ${name}: true, ${values} }\n`)).toMatchObject(key);
  });
});

test('with serviceAccount.create false, the pods have the account that exists', () => {
  const { values } = chart.imported(`${HELM}serviceAccount: { create: false, name: robot }\n`);
  expect(values['serviceAccount']).toMatchObject({ name: 'robot' });
});

test('a disruption budget whose numbers are unknown costs availability: pods run without it', () => {
  const { losses } = chart.result(`${HELM}pdb: { create: true }\n`);
  expect(losses).toMatchObject([{ cost: 'availability', message: 'not carried over' }]);
});
