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

describe('a budget that lets no pod be evicted is a warning', () => {
  const warningsOf = (pods: string, budget: string) => {
    const text = `name: shop\nimage: example/shop:v1\nworkers: 3\n${pods}\npodDisruptionBudget: ${budget}\n`;
    const { problems, notes } = parseValues([{ file: 'a.yaml', text }]);
    expect(problems).toEqual([]);
    return notes.map((note) => `${note.severity} ${formatDiagnostic(note)}`);
  };
  const warning = (field: string, pods: string, hint: string) => [
    `warning a.yaml:5: podDisruptionBudget.${field}: none${pods} may be evicted, so that draining a node never ends; ${hint}`,
  ];
  const ALONE = 'add a pod, or set podDisruptionBudget to false';
  const INSTEAD = 'set maxUnavailable: 1 instead';

  test.each([
    ['replicas: 1', '{ minAvailable: 1 }', warning('minAvailable', ' of 1 pod', ALONE)],
    ['replicas: 1', '{ minAvailable: 50% }', warning('minAvailable', ' of 1 pod', ALONE)],
    ['replicas: 1', '{ minAvailable: 0 }', []],
    ['replicas: 1', '{ maxUnavailable: 1% }', []],
    ['replicas: 3', '{ minAvailable: 3 }', warning('minAvailable', ' of 3 pods', INSTEAD)],
    ['replicas: 3', '{ minAvailable: 70% }', warning('minAvailable', ' of 3 pods', INSTEAD)],
    ['replicas: 3', '{ minAvailable: 66% }', []],
    ['replicas: 3', '{ maxUnavailable: 0 }', warning('maxUnavailable', ' of 3 pods', INSTEAD)],
    ['replicas: 3', '{ maxUnavailable: 0% }', warning('maxUnavailable', ' of 3 pods', INSTEAD)],
    ['replicas: 3', '{ maxUnavailable: 1% }', []],
    ['replicas: 0', '{ minAvailable: 1 }', []],
    ['replicas: null', '{ minAvailable: 2 }', []],
    ['replicas: null', '{ minAvailable: 100% }', warning('minAvailable', '', INSTEAD)],
    [
      'autoscaling: { minReplicas: 2, maxReplicas: 9 }',
      '{ minAvailable: 2 }',
      warning('minAvailable', ' of 2 pods', INSTEAD),
    ],
    ['autoscaling: { minReplicas: 3, maxReplicas: 9 }', '{ minAvailable: 2 }', []],
  ])('%s, %s', (pods, budget, expected) => {
    expect(warningsOf(pods, budget)).toEqual(expected);
  });
});
