import { synthesizeAll } from '../../../charts/synthesize-all.js';
import { parseValues } from '../../../src/values/parse-values.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';
import { problemsOf, shopWith } from '../../a-worker-app.js';

function budgetOf(props: Readonly<Record<string, unknown>>): Loose {
  return manifestsOf(shopWith(props)).all.find(({ kind }) => kind === 'PodDisruptionBudget');
}

const SELECTOR = { matchLabels: { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'shop' } };

test.each([
  { replicas: 2 },
  { replicas: null },
  { autoscaling: { maxReplicas: 2 } },
  { replicas: 1, podDisruptionBudget: true },
])('%j has a budget of one unavailable pod', (props) => {
  expect(budgetOf(props)).toMatchObject({
    apiVersion: 'policy/v1',
    metadata: { name: 'shop', labels: { 'app.kubernetes.io/name': 'shop' } },
    spec: { maxUnavailable: 1, selector: SELECTOR, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  });
});

test.each([
  {},
  { replicas: 0 },
  { replicas: 3, podDisruptionBudget: false },
  { autoscaling: { maxReplicas: 1 } },
])('%j has no budget', (props) => {
  expect(budgetOf(props)).toBeUndefined();
});

test.each([
  [{ minAvailable: '50%' }, { minAvailable: '50%', unhealthyPodEvictionPolicy: 'AlwaysAllow' }],
  [{ maxUnavailable: 2 }, { maxUnavailable: 2, unhealthyPodEvictionPolicy: 'AlwaysAllow' }],
  [
    { unhealthyPodEvictionPolicy: 'IfHealthyBudget' },
    { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'IfHealthyBudget' },
  ],
])('podDisruptionBudget: %j', (podDisruptionBudget, spec) => {
  expect(budgetOf({ replicas: 4, podDisruptionBudget }).spec).toEqual({ ...spec, selector: SELECTOR });
});

test('the budget selects the pods by the selector of the Deployment', () => {
  expect(budgetOf({ replicas: 2, selectorLabels: { app: 'shop' } }).spec.selector).toEqual({
    matchLabels: { app: 'shop' },
  });
});

test('a budget with both numbers is refused', () => {
  expect(
    problemsOf(shopWith({ replicas: 4, podDisruptionBudget: { minAvailable: 1, maxUnavailable: 1 } })),
  ).toEqual([
    'podDisruptionBudget.minAvailable: a budget has either minAvailable or maxUnavailable; remove one of the two',
  ]);
});

test.each([
  ['maxUnavailable: 101%', 'got "101%"'],
  ['minAvailable: half', 'got "half"'],
  ['minAvailable: -1', 'got -1'],
])('%s is refused', (line, got) => {
  const [field = '', value = ''] = line.split(': ');
  const given = /^-?[0-9]+$/.test(value) ? Number(value) : value;
  expect(problemsOf(shopWith({ replicas: 4, podDisruptionBudget: { [field]: given } }))).toEqual([
    `podDisruptionBudget.${field}: expected a number of pods, or a percentage from 0% to 100%, ${got}`,
  ]);
});

describe('a budget that lets no pod be evicted is one warning, at its line', () => {
  const warningsOf = async (pods: string, budget: string) => {
    const text = `name: shop\nimage: example/shop:v1\nworkers: 3\n${pods}\npodDisruptionBudget: ${budget}\n`;
    const { values, problems, notes } = parseValues([{ file: 'a.yaml', text }]);
    expect(problems).toEqual([]);
    const ofManifests = await synthesizeAll(values, () => {});
    return [...notes, ...ofManifests.notes].map((note) => `${note.severity} ${formatDiagnostic(note)}`);
  };
  const warning = (field: string, share: string, hint: string) => [
    `warning a.yaml:5: PodDisruptionBudget default/shop: spec.${field}: ${share}, therefore no pod can be evicted and no node drained; ${hint}; caused by podDisruptionBudget.${field}`,
  ];
  const kept = (share: string, hint: string) => warning('minAvailable', `${share} must stay available`, hint);
  const ALONE = 'add a pod, or remove the budget';
  const INSTEAD = 'set maxUnavailable: 1 instead';
  const none = (share: string) =>
    warning('maxUnavailable', `${share} may be unavailable`, 'set 1 or above, or remove the budget');

  test.each([
    ['replicas: 1', '{ minAvailable: 1 }', kept('1 of 1 pod', ALONE)],
    ['replicas: 1', '{ minAvailable: 50% }', kept('50% of 1 pod', ALONE)],
    ['replicas: 1', '{ minAvailable: 0 }', []],
    ['replicas: 1', '{ maxUnavailable: 1% }', []],
    ['replicas: 3', '{ minAvailable: 3 }', kept('3 of 3 pods', INSTEAD)],
    ['replicas: 12', '{ minAvailable: 12 }', kept('12 of 12 pods', INSTEAD)],
    ['replicas: 3', '{ minAvailable: 70% }', kept('70% of 3 pods', INSTEAD)],
    ['replicas: 3', '{ minAvailable: 66% }', []],
    ['replicas: 3', '{ maxUnavailable: 0 }', none('0 of 3 pods')],
    ['replicas: 3', '{ maxUnavailable: 0% }', none('0% of 3 pods')],
    ['replicas: 3', '{ maxUnavailable: 1% }', []],
    ['replicas: 0', '{ minAvailable: 1 }', []],
    ['replicas: null', '{ minAvailable: 2 }', []],
    ['replicas: null', '{ minAvailable: 100% }', kept('100% of the pods', INSTEAD)],
    ['autoscaling: { minReplicas: 2, maxReplicas: 9 }', '{ minAvailable: 2 }', kept('2 of 2 pods', INSTEAD)],
    ['autoscaling: { minReplicas: 3, maxReplicas: 9 }', '{ minAvailable: 2 }', []],
  ])('%s, %s', async (pods, budget, expected) => {
    expect(await warningsOf(pods, budget)).toEqual(expected);
  });
});
