import { describe, expect, test } from '@jest/globals';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { at, type Manifest } from '../../src/checks/manifest.js';
import type { WorkerAppProps } from '../../src/index.js';
import { checkRules, testRules, type RuleTest } from './promtool.js';
import { ofKind, synthesized } from '../synthesized.js';

const BILLING = { component: 'billing', days: ['Mon'], start: '08:00', end: '18:00' } as const;
const IN_WINDOW =
  'billing_service_window_in_window{namespace="shop",job="shop",component="billing",endpoint="metrics-1"}';

const target = (pod: string, worker: number) =>
  `namespace="shop",job="shop",pod="${pod}",endpoint="metrics-${worker}"`;

/** The `up` of each worker of a pod, `1` or `0` all the time or as promtool writes values. */
const workers = (pod: string, ...up: readonly (0 | 1 | string)[]) =>
  Object.fromEntries(
    up.map((value, i) => [`up{${target(pod, i + 1)}}`, typeof value === 'number' ? `${value}x60` : value]),
  );

const pod = (name: string) => ({ namespace: 'shop', pod: name, job: 'shop', severity: 'critical' });
const ready = (name: string, condition = 'true') => ({
  [`kube_pod_status_ready{namespace="shop",pod="${name}",condition="${condition}",job="kube-state-metrics"}`]:
    '1x60',
});

const POD = 'shop-6b7f8c9d54-x2x4z';
const OTHER = 'shop-7c5d6f8b49-k7lqm';

interface Case {
  readonly name: string;
  readonly props?: Partial<WorkerAppProps>;
  readonly series: Readonly<Record<string, string>>;
  readonly at?: string;
  /** The labels of each alert that fires. */
  readonly firing: readonly Readonly<Record<string, string>>[];
}

function run(alert: string, { props, series, at: time = '20m', firing }: Case): string {
  const manifests = synthesized({ alerts: true, ...props });
  const rule: RuleTest = { alert, series, at: time, firing: firing.map((labels) => ({ labels })) };
  return testRules(withoutAnnotations(manifests), [rule]);
}

/** promtool compares all annotations of an alert; their words are tested by themselves. */
function withoutAnnotations(manifests: readonly Manifest[]): Manifest[] {
  return JSON.parse(
    JSON.stringify(manifests, (key, value) => (key === 'annotations' ? undefined : value)),
  ) as Manifest[];
}

const counter = (perMinute: number) => `0+${perMinute}x60`;
const responses = (status: string, perMinute: number) => ({
  [`django_http_responses_total_by_status_total{${target(POD, 1)},status="${status}"}`]: counter(perMinute),
});
const latency = (under1: number, under5: number) =>
  Object.fromEntries(
    Object.entries({ '0.5': under1, '1': under1, '5': under5, '+Inf': under5 }).map(([le, perMinute]) => [
      `django_http_requests_latency_seconds_by_view_method_bucket{${target(POD, 1)},view="v",method="GET",le="${le}"}`,
      counter(perMinute),
    ]),
  );
const migrations = (worker: number, count: number) => ({
  [`django_migrations_unapplied_total{${target(POD, worker)},connection="default"}`]: `${count}x60`,
});
const starts = (worker: number, values: string) => ({
  [`process_start_time_seconds{${target(POD, worker)}}`]: values,
});

describe('WorkersNotScraped', () => {
  const cases: Case[] = [
    { name: 'all workers of a pod are up', series: workers(POD, 1, 1, 1, 1), firing: [] },
    { name: 'one worker is down', series: workers(POD, 1, 1, 0, 1), firing: [pod(POD)] },
    { name: 'no worker of one pod is up', series: { ...workers(POD, 0, 0, 0, 0), ...workers(OTHER, 1, 1, 1, 1) }, firing: [pod(POD)] },
    { name: 'a worker is down in each of two pods', series: { ...workers(POD, 1, 0, 1, 1), ...workers(OTHER, 0, 1, 1, 1) }, firing: [pod(POD), pod(OTHER)] },
    { name: 'old pods with fewer workers live on', series: { ...workers(POD, 1, 1), ...workers(OTHER, 1, 1, 1, 1) }, firing: [] },
    { name: 'old pods with more workers live on', series: { ...workers(POD, 1, 1, 1, 1, 1, 1), ...workers(OTHER, 1, 1, 1, 1) }, firing: [] },
    { name: 'an old pod with fewer workers has lost one', series: { ...workers(POD, 1, 0), ...workers(OTHER, 1, 1, 1, 1) }, firing: [pod(POD)] },
    { name: 'spare ports are served by nobody', series: workers(POD, 1, 1, 1, 1, 0, 0), firing: [] },
    { name: 'workers are handed over for 4 minutes', series: workers(POD, 1, 1, 1, '1x10 0x3 1x40'), at: '15m', firing: [] },
    { name: 'a pod starts within 4 minutes', series: workers(POD, '0x4 1x40', '0x4 1x40', '0x4 1x40', '0x4 1x40'), firing: [] },
    { name: 'another application is down', series: { ...workers(POD, 1, 1, 1, 1), 'up{namespace="shop",job="other",pod="other-0"}': '0x60' }, firing: [] },
    { name: 'there is no target at all', series: { 'up{job="other"}': '1x60' }, firing: [{ namespace: 'shop', job: 'shop', severity: 'critical' }] },
    { name: 'there is no target, and there should be no pod', props: { replicas: 0 }, series: { 'up{job="other"}': '1x60' }, firing: [] },
    { name: 'a ready pod has no target', series: { ...workers(POD, 1, 1, 1, 1), ...ready(POD), ...ready(OTHER) }, firing: [{ namespace: 'shop', pod: OTHER, severity: 'critical' }] },
    { name: 'a pod without targets is not ready', series: { ...workers(POD, 1, 1, 1, 1), ...ready(POD), ...ready(OTHER, 'false') }, firing: [] },
    { name: "a Job's pod is named after the application", series: { ...workers(POD, 1, 1, 1, 1), ...ready('shop-migrate-x2x4z') }, firing: [] },
    { name: 'the port of all workers is down', props: { metrics: { strategy: 'multiprocess' } }, series: { [`up{namespace="shop",job="shop",pod="${POD}",endpoint="metrics"}`]: '0x60' }, firing: [pod(POD)] },
    { name: 'the port of all workers is up', props: { metrics: { strategy: 'multiprocess' } }, series: { [`up{namespace="shop",job="shop",pod="${POD}",endpoint="metrics"}`]: '1x60' }, firing: [] },
  ]; // prettier-ignore

  test.each(cases)('$name: $firing.length fire', (given) => {
    expect(run('WorkersNotScraped', given)).toBe('');
  });

  test.each([
    ['ServiceMonitor', 'shared', undefined, 'shop'],
    ['ServiceMonitor', 'headless', undefined, 'shop'],
    ['PodMonitor', undefined, undefined, 'shop'],
    ['ServiceMonitor', 'shared', 'team', 'payments'],
    ['ServiceMonitor', 'shared', 'absent', 'shop'],
    ['ServiceMonitor', 'headless', 'absent', 'shop-metrics'],
    ['PodMonitor', undefined, 'absent', 'shop/shop'],
  ] as const)(
    'with %s, service %s and jobLabel %s it watches the job %s',
    (monitor, service, jobLabel, job) => {
      const manifests = synthesized({
        alerts: true,
        labels: { team: 'payments' },
        metrics: { monitor, service, jobLabel },
      });

      expect(JSON.stringify(ofKind(manifests, 'PrometheusRule'))).toContain(`job=\\"${job}\\"`);
    },
  );

  describe('only in a window', () => {
    const props = { alerts: { workersNotScraped: { onlyIn: 'billing' } }, serviceWindows: [BILLING] };
    const window = (metric: string, values: string) => ({ [IN_WINDOW.replace('in_window', metric)]: values });
    const down = workers(POD, 1, 0, 1, 1);
    const gone = { 'up{job="other"}': '1x600' };
    const absent = { namespace: 'shop', job: 'shop', severity: 'critical' };
    const minutes = (count: number) => count * 60;
    const cases: Case[] = [
      { name: 'inside', series: { ...down, ...window('in_window', '1x60') }, firing: [pod(POD)] },
      { name: 'outside', series: { ...down, ...window('in_window', '0x60') }, firing: [] },
      { name: 'nobody knows', series: down, firing: [pod(POD)] },
      { name: 'all is gone since it was inside', series: { ...gone, ...window('in_window', '1 1 stale'), ...window('next_start', `${minutes(900)}x1 stale`), ...window('next_end', `${minutes(400)}x1 stale`) }, at: '60m', firing: [absent] },
      { name: 'all is gone, and it would have ended since', series: { ...gone, ...window('in_window', '1 1 stale'), ...window('next_start', `${minutes(900)}x1 stale`), ...window('next_end', `${minutes(30)}x1 stale`) }, at: '60m', firing: [] },
      { name: 'all is gone since it was outside', series: { ...gone, ...window('in_window', '0 0 stale'), ...window('next_start', `${minutes(400)}x1 stale`), ...window('next_end', `${minutes(900)}x1 stale`) }, at: '60m', firing: [] },
      { name: 'all is gone, and it would have begun since', series: { ...gone, ...window('in_window', '0 0 stale'), ...window('next_start', `${minutes(30)}x1 stale`), ...window('next_end', `${minutes(900)}x1 stale`) }, at: '60m', firing: [absent] },
      { name: 'all is gone for longer than is remembered', series: { ...gone, ...window('in_window', '0 0 stale') }, at: '7h', firing: [absent] },
    ]; // prettier-ignore

    test.each(cases)('$name: $firing.length fire', (given) => {
      expect(run('WorkersNotScraped', { props, ...given })).toBe('');
    });
  });
});

const labelled = { namespace: 'shop', job: 'shop' };

describe.each<{ alert: string; key: string; severity: string; fires: Case; silent: Case[] }>([
  {
    alert: 'WorkerRestartsTooOften',
    key: 'workerRestarts',
    severity: 'warning',
    fires: {
      name: 'a worker that starts every minute',
      series: { ...starts(1, '0+60x60'), ...starts(2, '5x60') },
      firing: [{ ...labelled, pod: POD, endpoint: 'metrics-1' }],
    },
    silent: [
      { name: 'workers that never restart', series: starts(1, '5x60'), firing: [] },
      {
        name: 'one reload of all',
        series: { ...starts(1, '5x10 600x50'), ...starts(2, '5x10 600x50') },
        firing: [],
      },
    ],
  },
  {
    alert: 'HighErrorRatio',
    key: 'errorRatio',
    severity: 'critical',
    fires: {
      name: 'one answer in ten',
      series: { ...responses('200', 54), ...responses('503', 6) },
      at: '30m',
      firing: [labelled],
    },
    silent: [
      {
        name: 'one answer in a hundred',
        series: { ...responses('200', 99), ...responses('500', 1) },
        at: '30m',
        firing: [],
      },
      {
        name: 'refusals',
        series: { ...responses('200', 10), ...responses('404', 50) },
        at: '30m',
        firing: [],
      },
      {
        name: 'one failure in the night',
        series: {
          [`django_http_responses_total_by_status_total{${target(POD, 1)},status="500"}`]: '0x20 1x40',
        },
        at: '30m',
        firing: [],
      },
      { name: 'no traffic', series: workers(POD, 1), at: '30m', firing: [] },
    ],
  },
  {
    alert: 'HighLatency',
    key: 'latency',
    severity: 'warning',
    fires: {
      name: 'one request in ten takes longer than 1 s',
      series: latency(54, 60),
      at: '30m',
      firing: [labelled],
    },
    silent: [
      { name: 'one request in a hundred', series: latency(99, 100), at: '30m', firing: [] },
      { name: 'no requests', series: latency(0, 0), at: '30m', firing: [] },
    ],
  },
  {
    alert: 'UnappliedMigrations',
    key: 'unappliedMigrations',
    severity: 'warning',
    fires: {
      name: 'every worker says that two are missing',
      series: { ...migrations(1, 2), ...migrations(2, 2) },
      firing: [{ ...labelled, connection: 'default' }],
    },
    silent: [{ name: 'none is missing', series: migrations(1, 0), firing: [] }],
  },
])('$alert', ({ alert, key, severity, fires, silent }) => {
  const firing = fires.firing.map((labels) => ({ ...labels, severity }));

  test(`fires: ${fires.name}`, () => {
    expect(run(alert, { ...fires, firing })).toBe('');
  });

  test.each(silent)('does not fire: $name', (given) => {
    expect(run(alert, given)).toBe('');
  });

  test.each([
    ['inside', 1, firing],
    ['outside', 0, []],
  ])('with onlyIn, %s of the window it says what it should', (_, inWindow, expected) => {
    const props = { alerts: { [key]: { onlyIn: 'billing' } }, serviceWindows: [BILLING] };
    const series = { ...fires.series, [IN_WINDOW]: `${inWindow}x60` };

    expect(run(alert, { ...fires, props, series, firing: expected })).toBe('');
  });

  test('is switched off, relabelled and delayed by its options', () => {
    const off = synthesized({ alerts: { [key]: false } });
    const changed = synthesized({
      alerts: {
        labels: { team: 'payments', tier: '1' },
        [key]: {
          for: '1h',
          severity: 'info',
          runbook: 'https://runbooks.example.com/x',
          labels: { tier: '2' },
        },
      },
    });

    expect(JSON.stringify(off)).not.toContain(alert);
    expect(rule(changed, alert)).toMatchObject({
      for: '1h',
      labels: { team: 'payments', tier: '2', severity: 'info' },
      annotations: { runbook_url: 'https://runbooks.example.com/x' },
    });
  });
});

function rule(manifests: readonly Manifest[], alert: string): unknown {
  const [object] = ofKind(manifests, 'PrometheusRule');
  const groups = at(object, 'spec', 'groups') as { rules: { alert?: string }[] }[];
  return groups.flatMap(({ rules }) => rules).find((found) => found.alert === alert);
}

test('an alert tells in words what is the matter', () => {
  const manifests = synthesized({ alerts: true });
  const annotations = {
    summary: 'Workers of shop are not scraped.',
    description: `Prometheus scrapes 3 of 4 targets of pod ${POD}. The metrics of the others are missing from every graph and alert. The log of the pod says which worker has no metrics port.`,
  };

  expect(
    testRules(manifests, [
      {
        alert: 'WorkersNotScraped',
        series: workers(POD, 1, 1, 0, 1),
        at: '20m',
        firing: [{ labels: pod(POD), annotations }],
      },
    ]),
  ).toBe('');
});

test.each<[string, Partial<WorkerAppProps>]>([
  ['the defaults', { alerts: true }],
  ['every option', { alerts: { labels: { a: 'b "quoted" \\ $x' }, latency: { quantile: 0.999, threshold: 0.25 } } }],
  ['windows with hostile names', { alerts: { errorRatio: { onlyIn: 'a"} or vector(1) # \\' } }, serviceWindows: [{ ...BILLING, component: 'a"} or vector(1) # \\' }] }],
  ['a dashboard alone', { dashboard: true }],
  ['multiprocess mode', { alerts: true, metrics: { strategy: 'multiprocess' } }],
  ['scrapes every 10 minutes', { alerts: true, metrics: { interval: '10m' } }],
])('promtool and the operator take the rules with %s', (_, props) => {
  const manifests = synthesized(props);
  const [object] = ofKind(manifests, 'PrometheusRule');

  expect(checkRules(manifests)).toBe('');
  expect(() => new PrometheusRule(object as never).validate()).not.toThrow();
}); // prettier-ignore

test('rates look back over four scrapes where five minutes would hold fewer', () => {
  expect(JSON.stringify(synthesized({ alerts: true, metrics: { interval: '10m' } }))).toContain('[40m]');
  expect(JSON.stringify(synthesized({ alerts: true, metrics: { interval: '1m' } }))).toContain('[5m]');
});

test('without alerts and a dashboard there is no PrometheusRule', () => {
  expect(ofKind(synthesized({}), 'PrometheusRule')).toEqual([]);
  expect(ofKind(synthesized({ alerts: false }), 'PrometheusRule')).toEqual([]);
});
