import { manifestsOf, type Loose } from '../../manifests-of.js';
import { problemsOf, shopWith } from '../../a-worker-app.js';

function constraintsOf(props: Readonly<Record<string, unknown>>): Loose {
  return manifestsOf(shopWith(props)).pod.topologySpreadConstraints;
}

const labelSelector = {
  matchLabels: { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'shop' },
};
const soft = (topologyKey: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector,
  matchLabelKeys: ['pod-template-hash'],
});
const zone = { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' };

test.each([{ replicas: 2 }, { replicas: null }, { autoscaling: { maxReplicas: 2 } }])(
  'the pods of %j are spread over nodes and zones where possible',
  (props) => {
    expect(constraintsOf(props)).toEqual([
      soft('kubernetes.io/hostname'),
      soft('topology.kubernetes.io/zone'),
    ]);
  },
);

test.each([{}, { replicas: 0 }, { replicas: 2, topologySpreadConstraints: [] }])(
  '%j has no constraint',
  (props) => {
    expect(constraintsOf(props)).toBeUndefined();
  },
);

test('a constraint without a selector gets that of the Deployment', () => {
  expect(constraintsOf({ topologySpreadConstraints: [zone] })).toEqual([{ ...zone, labelSelector }]);
  expect(constraintsOf({ selectorLabels: { app: 'shop' }, topologySpreadConstraints: [zone] })).toEqual([
    { ...zone, labelSelector: { matchLabels: { app: 'shop' } } },
  ]);
});

test('a selector that is given is kept, also an empty one', () => {
  const own = { ...zone, labelSelector: {} };
  expect(constraintsOf({ replicas: 2, topologySpreadConstraints: [own] })).toEqual([own]);
});

test('an unknown field is refused', () => {
  const wrong = { ...zone, maxSkeww: 1 };
  expect(problemsOf(shopWith({ topologySpreadConstraints: [wrong] })).join('\n')).toContain(
    'did you mean "maxSkew"?',
  );
});
