import { problemsOf, shopWith } from '../../a-worker-app.js';

const serviceWindows = [{ component: 'billing', days: ['Mon'], start: '08:00', end: '18:00' }];

const problemsOfMetrics = (metrics: object, others: object = {}) =>
  problemsOf(shopWith({ metrics, ...others }));

const NAME = 'expected a label name (letters, digits and "_", no digit first, not "__" at the start)';
const COPY = 'remove it, or copy it to another name by metrics.relabelings';
const renamed = (label: string) =>
  `samples have a label ${label}, which Prometheus would rename to exported_${label}, where no rule looks for it`;

test.each(['container', 'endpoint', 'instance', 'job', 'namespace', 'pod'])(
  'the label %s, which every target has already, is refused',
  (label) => {
    const has = `every target has a label ${label} already`;

    expect(problemsOfMetrics({ labels: { [label]: 'x' } })).toEqual([
      `metrics.labels.${label}: ${has}; choose another name`,
    ]);
    expect(problemsOfMetrics({ podLabels: [label] })).toEqual([`metrics.podLabels[0]: ${has}; ${COPY}`]);
  },
);

test.each([
  ['worker', { workerLabel: true }, { workerLabel: false }],
  ['worker', { workerLabel: true }, {}],
  ['service', { monitor: 'ServiceMonitor' }, { monitor: 'PodMonitor' }],
  ['service', {}, { monitor: 'PodMonitor' }],
])('the label %s is refused with metrics: %j, not with %j', (label, having, lacking) => {
  const has = `every target has a label ${label} already`;

  expect(problemsOfMetrics({ ...having, labels: { [label]: 'x' } })).toEqual([
    `metrics.labels.${label}: ${has}; choose another name`,
  ]);
  expect(problemsOfMetrics({ ...having, podLabels: [label] })).toEqual([
    `metrics.podLabels[0]: ${has}; ${COPY}`,
  ]);
  expect(problemsOfMetrics({ ...lacking, labels: { [label]: 'x' } })).toEqual([]);
  expect(problemsOfMetrics({ ...lacking, podLabels: [label] })).toEqual([]);
});

describe.each(['connection', 'le', 'method', 'status', 'view'])('the label %s', (label) => {
  test.each([{ alerts: true }, { alerts: { latency: false } }, { dashboard: true }])(
    'is refused with %j, whose rules know samples by it',
    (others) => {
      expect(problemsOfMetrics({ labels: { team: 'a', [label]: 'x' } }, others)).toEqual([
        `metrics.labels.${label}: ${renamed(label)}; choose another name`,
      ]);
      expect(problemsOfMetrics({ podLabels: ['team', label] }, others)).toEqual([
        `metrics.podLabels[1]: ${renamed(label)}; ${COPY}`,
      ]);
    },
  );

  test.each([{}, { alerts: false, dashboard: false }])('is taken with %j, where no rule looks', (others) => {
    expect(problemsOfMetrics({ labels: { [label]: 'x' } }, others)).toEqual([]);
    expect(problemsOfMetrics({ podLabels: [label] }, others)).toEqual([]);
  });
});

test.each(['nan', 'Inf', 'without'])('the label %s, by which PromQL cannot group, is refused', (label) => {
  const metrics = { labels: { [label]: 'x' } };

  for (const others of [{ alerts: true }, { dashboard: true }])
    expect(problemsOfMetrics(metrics, others)).toEqual([
      `metrics.labels.${label}: the rules group by it, and PromQL has a meaning of its own for it; choose another name`,
    ]);
  expect(problemsOfMetrics(metrics)).toEqual([]);
  expect(problemsOfMetrics({ podLabels: [label] }, { alerts: true })).toEqual([]);
});

test('the label component is refused where service windows have it', () => {
  const metrics = { labels: { component: 'web' } };

  expect(problemsOfMetrics(metrics, { serviceWindows })).toEqual([
    `metrics.labels.component: ${renamed('component')}; choose another name`,
  ]);
  expect(problemsOfMetrics({ podLabels: ['component'] }, { serviceWindows })).toEqual([
    `metrics.podLabels[0]: ${renamed('component')}; ${COPY}`,
  ]);
  expect(problemsOfMetrics(metrics)).toEqual([]);
  expect(problemsOfMetrics({ podLabels: ['component'] })).toEqual([]);
});

test.each([
  [
    'two labels of the pod that become one',
    { podLabels: ['example.com/team', 'example_com-team'] },
    ['metrics.podLabels[1]: metrics.podLabels[0] gives every target a label example_com_team already; remove one of the two'],
  ],
  [
    'a label of the pod given twice',
    { podLabels: ['team', 'team'] },
    ['metrics.podLabels[1]: metrics.podLabels[0] gives every target a label team already; remove one of the two'],
  ],
  [
    'a label of the pod that a fixed one would replace',
    { labels: { team: 'a' }, podLabels: ['team'] },
    ['metrics.podLabels[0]: metrics.labels.team gives every target a label team already; remove one of the two'],
  ],
  [
    'a label of the pod that becomes no name',
    { podLabels: ['2nd.example.com/team'] },
    [`metrics.podLabels[0]: ${NAME}, got "2nd_example_com_team"; ${COPY}`],
  ],
])('%s is refused', (_, metrics, expected) => {
  expect(problemsOfMetrics(metrics)).toEqual(expected);
}); // prettier-ignore

test.each([
  { labels: { team: 'a', job_name: 'b', statuses: 'c' } },
  { podLabels: ['app.kubernetes.io/version', 'app.kubernetes.io/component', 'example.com/job', 'Status'] },
])('%j gives targets labels of their own', (metrics) => {
  expect(problemsOfMetrics(metrics, { serviceWindows })).toEqual([]);
});

test('the label that parts the headless Service from the application is refused as the job', () => {
  const jobLabel = 'app.kubernetes.io/component';

  expect(problemsOfMetrics({ service: 'headless', jobLabel })).toEqual([
    'metrics.jobLabel: the headless Service of every application has this label with the value metrics, so that all would have the same job; choose another label, or set metrics.service to shared',
  ]);
  expect(problemsOfMetrics({ service: 'headless', jobLabel: 'app.kubernetes.io/instance' })).toEqual([]);
  expect(problemsOfMetrics({ jobLabel })).toEqual([]);
});

test('the label that all applications have alike is refused as the job where rules look for it', () => {
  const metrics = { jobLabel: 'app.kubernetes.io/managed-by' };

  for (const others of [{ alerts: true }, { dashboard: true }])
    expect(problemsOfMetrics(metrics, others)).toEqual([
      'metrics.jobLabel: every application has this label with the value cdk8s-worker-metrics, so that alerts and dashboards could not distinguish the applications; choose another label',
    ]);
  expect(problemsOfMetrics(metrics)).toEqual([]);
});
