import { describe, expect, test } from '@jest/globals';
import { synthesized } from '../../synthesized.js';
import { OTHER, POD, ready, wrongWith, type Case } from './alert-cases.js';
import { checkRules } from './promtool.js';

// Two clusters in one Prometheus have an application of one name and namespace; metrics.labels tells their targets apart.

const labels = { cluster: 'production' };
const props = { metrics: { labels } };

const of = (cluster: string, pod: string, worker: number) =>
  `namespace="shop",job="shop",cluster="${cluster}",pod="${pod}",endpoint="metrics-${worker}"`;
const production = (worker: number) => of('production', POD, worker);
const dev = (worker: number) => of('dev', OTHER, worker);

const up = (targets: readonly string[], values = '1x60') =>
  Object.fromEntries(targets.map((target) => [`up{${target}}`, values]));
const responses = (target: string, status: string) => ({
  [`django_http_responses_total_by_status_total{${target},status="${status}"}`]: '0+60x60',
});
const slow = (target: string) =>
  Object.fromEntries(
    ['5', '+Inf'].map((le) => [
      `django_http_requests_latency_seconds_by_view_method_bucket{${target},le="${le}"}`,
      '0+60x60',
    ]),
  );

const PRODUCTION = [1, 2, 3, 4].map(production);
const DEV = [1, 2, 3, 4].map(dev);
const all = { namespace: 'shop', job: 'shop', ...labels };

describe('the alerts of production', () => {
  const cases: (Case & { readonly alert: string })[] = [
    { alert: 'WorkersNotScraped', name: 'production is gone, dev is up', series: up(DEV), firing: [{ ...all, severity: 'critical' }] },
    { alert: 'WorkersNotScraped', name: 'a worker of production is down', series: { ...up(DEV), ...up(PRODUCTION.slice(1)), ...up(PRODUCTION.slice(0, 1), '0x60') }, firing: [{ ...all, pod: POD, severity: 'critical' }] },
    { alert: 'WorkersNotScraped', name: 'a worker of dev is down', series: { ...up(PRODUCTION), ...up(DEV.slice(1)), ...up(DEV.slice(0, 1), '0x60') }, firing: [] },
    { alert: 'WorkersNotScraped', name: 'ready pods of both are scraped', series: { ...up(PRODUCTION), ...up(DEV), ...ready(POD), ...ready(OTHER) }, firing: [] },
    { alert: 'WorkersNotScraped', name: 'a ready pod of production has no target', series: { ...up(PRODUCTION), ...ready(POD), ...ready('shop-7c5d6f8b49-zzzzz') }, firing: [{ namespace: 'shop', pod: 'shop-7c5d6f8b49-zzzzz', severity: 'critical' }] },
    { alert: 'HighErrorRatio', name: 'dev answers with errors', series: { ...responses(production(1), '200'), ...responses(dev(1), '500') }, at: '30m', firing: [] },
    { alert: 'HighErrorRatio', name: 'production answers with errors', series: { ...responses(production(1), '500'), ...responses(dev(1), '200') }, at: '30m', firing: [{ ...all, severity: 'critical' }] },
    { alert: 'HighLatency', name: 'dev is slow', series: slow(dev(1)), at: '30m', firing: [] },
    { alert: 'HighLatency', name: 'production is slow', series: slow(production(1)), at: '30m', firing: [{ ...all, severity: 'warning' }] },
    { alert: 'WorkerRestartsTooOften', name: 'a worker of dev restarts', series: { [`process_start_time_seconds{${dev(1)}}`]: '0+60x60' }, firing: [] },
    { alert: 'WorkerRestartsTooOften', name: 'a worker of production restarts', series: { [`process_start_time_seconds{${production(1)}}`]: '0+60x60' }, firing: [{ ...all, pod: POD, endpoint: 'metrics-1', severity: 'warning' }] },
    { alert: 'UnappliedMigrations', name: 'dev lacks migrations', series: { [`django_migrations_unapplied_total{${dev(1)},connection="default"}`]: '2x60' }, firing: [] },
    { alert: 'UnappliedMigrations', name: 'production lacks migrations', series: { [`django_migrations_unapplied_total{${production(1)},connection="default"}`]: '2x60' }, firing: [{ ...all, connection: 'default', severity: 'warning' }] },
  ]; // prettier-ignore

  test.each(cases)('$alert: $name: $firing.length fire', ({ alert, ...given }) => {
    expect(wrongWith(alert, { props, ...given })).toBe('');
  });
});

test.each(['on', 'by', 'and', 'offset', 'sum', 'start', 'bool', 'e', 'x1'])(
  'promtool takes the rules with a fixed label %s',
  (name) => {
    const metrics = { labels: { [name]: 'a "quoted" \\ value' } };

    expect(checkRules(synthesized({ alerts: true, metrics }))).toBe('');
  },
);
