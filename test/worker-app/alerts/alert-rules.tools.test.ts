import { describe, expect, test } from '@jest/globals';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { at, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { WorkerAppProps } from '../../../src/index.js';
import { ofKind, synthesized } from '../../synthesized.js';
import {
  BILLING,
  IN_WINDOW,
  OTHER,
  POD,
  pod,
  ready,
  wrongWith,
  target,
  workers,
  type Case,
} from './alert-cases.js';
import { checkRules, testRules } from './promtool.js';

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
    expect(wrongWith(alert, { ...fires, firing })).toBe('');
  });

  test.each(silent)('does not fire: $name', (given) => {
    expect(wrongWith(alert, given)).toBe('');
  });

  test.each([
    ['inside', 1, firing],
    ['outside', 0, []],
  ])('with onlyIn, %s of the window the alert fires or not, as expected', (_, inWindow, expected) => {
    const props = { alerts: { [key]: { onlyIn: 'billing' } }, serviceWindows: [BILLING] };
    const series = { ...fires.series, [IN_WINDOW]: `${inWindow}x60` };

    expect(wrongWith(alert, { ...fires, props, series, firing: expected })).toBe('');
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

test('the largest threshold of restarts that is taken can be exceeded', () => {
  const props = {
    metrics: { interval: '2m' },
    alerts: { workerRestarts: { threshold: 5 } },
  };
  const firing = [{ ...labelled, pod: POD, endpoint: 'metrics-1', severity: 'warning' }];
  const everyScrape = Array.from({ length: 30 }, (_, i) => `${i} _`).join(' ');

  expect(wrongWith('WorkerRestartsTooOften', { name: '', props, series: starts(1, everyScrape), firing })).toBe('');
}); // prettier-ignore

test('alerts whose labels are named as those of their application stay apart', () => {
  const common = { namespace: 'a', job: 'b' };
  const ofPods = { ...common, instance: 'c', endpoint: 'd' };
  const severity = 'critical';

  expect(
    wrongWith('WorkersNotScraped', {
      name: '',
      props: { alerts: { labels: common, workersNotScraped: { labels: { instance: 'c', endpoint: 'd' } } } },
      series: { ...workers(POD, 1, 1, 0, 1), ...ready(OTHER) },
      firing: [POD, OTHER].map((name) => ({ ...ofPods, pod: name, severity })),
    }),
  ).toBe('');
  expect(
    wrongWith('WorkerRestartsTooOften', {
      name: '',
      props: { alerts: { labels: common } },
      series: { ...starts(1, '0+1x30'), ...starts(2, '0+1x30') },
      firing: [1, 2].map((worker) => ({
        ...common,
        pod: POD,
        endpoint: `metrics-${worker}`,
        severity: 'warning',
      })),
    }),
  ).toBe('');
});

function rule(manifests: readonly Manifest[], alert: string): unknown {
  const [object] = ofKind(manifests, 'PrometheusRule');
  const groups = at(object, 'spec', 'groups') as { rules: { alert?: string }[] }[];
  return groups.flatMap(({ rules }) => rules).find((found) => found.alert === alert);
}

test('the texts of an alert have the event, its meaning and the fix', () => {
  const manifests = synthesized({ alerts: true });
  const annotations = {
    summary: 'Workers of shop are not scraped.',
    description: `Prometheus scrapes 3 targets of pod ${POD}. A pod of this release has 4. The metrics of the other workers are missing from every graph and alert. Read the log of the pod: it names each worker without a metrics port.`,
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
  ['scrapes every 2 minutes', { alerts: true, metrics: { interval: '2m' } }],
])('promtool and the operator take the rules with %s', (_, props) => {
  const manifests = synthesized(props);
  const [object] = ofKind(manifests, 'PrometheusRule');

  expect(checkRules(manifests)).toBe('');
  expect(() => new PrometheusRule(object as never).validate()).not.toThrow();
}); // prettier-ignore

test('rates look back over four scrapes where five minutes would hold fewer', () => {
  expect(JSON.stringify(synthesized({ alerts: true, metrics: { interval: '2m' } }))).toContain('[8m]');
  expect(JSON.stringify(synthesized({ alerts: true, metrics: { interval: '1m' } }))).toContain('[5m]');
});

test('without alerts and a dashboard there is no PrometheusRule', () => {
  expect(ofKind(synthesized({}), 'PrometheusRule')).toEqual([]);
  expect(ofKind(synthesized({ alerts: false }), 'PrometheusRule')).toEqual([]);
});
