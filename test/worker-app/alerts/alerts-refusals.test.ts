import { formatMessage } from '../../../src/diagnostics/diagnostic.js';
import { expect, test } from '@jest/globals';
import { parseValues } from '../../../src/values/parse-values.js';

const BASE = 'name: shop\nimage: shop:1.0\nworkers: 4\n';
const WINDOW = "serviceWindows: [{ component: billing, days: [Mon], start: '08:00', end: '18:00' }]\n";

/** The problems in a values file that says this beside the least it must. */
function refusals(more: string): string[] {
  const { problems } = parseValues([{ file: 'shop.yaml', text: BASE + more }]);
  return problems.map((problem) => `${problem.line}: ${problem.field}: ${formatMessage(problem)}`);
}

const OPTIONS = 'for, severity, runbook, labels, onlyIn or sharded';
const LOST =
  'with metrics.strategy: multiprocess there are no metrics of service windows; remove it, and let Alertmanager mute the notifications (docs/service-windows.md)';
const TOO_LONG =
  'is above 2m, and Prometheus forgets a sample after 5 minutes: one missed scrape would make a target look gone; lower it to 2m or below, or do not use';
const HARMED = 'alerts.workersNotScraped, alerts.workerRestarts, alerts.unappliedMigrations';
const RATES = 'workersNotScraped: false, workerRestarts: false, unappliedMigrations: false';
const NAME =
  'expected a label name (letters, digits and "_", no digit first, not "__" at the start), other than alertname, severity';
const ALIKE = '(with one value for all, two alerts could be equal, and Prometheus would refuse the rule)';
const EVERY_LABEL = `${NAME}, pod, endpoint, instance, worker, connection ${ALIKE}`;
const OF_RESTARTS = `${NAME}, pod, endpoint, instance, worker ${ALIKE}`;
const NEVER_SLOW = 'can never be exceeded: Prometheus sees no latency above the largest bucket,';
const BUCKETS = 'or set alerts.latency.largestBucket to that of PROMETHEUS_LATENCY_BUCKETS';
const ALERTS = 'labels, workersNotScraped, workerRestarts, errorRatio, latency or unappliedMigrations';

test.each<[string, string[]]>([
  ['alerts: yes please', [`4: alerts: expected true, false or a map with ${ALERTS}, got "yes please"`]],
  ['alerts: [latency]', [`4: alerts: expected true, false or a map with ${ALERTS}, got a list; for example alerts: { latency: { for: 20m } }`]],
  ['alerts: { latencies: true }', ['4: alerts.latencies: unknown key; did you mean "latency"?']],
  ['alerts: { workersNotScraped: on duty }', [`4: alerts.workersNotScraped: expected true, false or a map with ${OPTIONS}, got "on duty"`]],
  ['alerts: { workersNotScraped: { treshold: 3 } }', ['4: alerts.workersNotScraped.treshold: unknown key; known are for, severity, runbook, labels, onlyIn, sharded']],
  ['alerts: { workersNotScraped: { sharded: 2 } }', ['4: alerts.workersNotScraped.sharded: expected true or false, got 2']],
  ['alerts: { latency: { sharded: true } }', ['4: alerts.latency.sharded: unknown key; known are for, severity, runbook, labels, onlyIn, threshold, quantile, largestBucket']],
  ['alerts: { latency: { treshold: 3 } }', ['4: alerts.latency.treshold: unknown key; did you mean "threshold"?']],
  ['alerts: { latency: { threshold: 0 } }', ['4: alerts.latency.threshold: expected seconds, a number above 0 and below 3600, got 0']],
  ["alerts: { latency: { threshold: '2' } }", ['4: alerts.latency.threshold: expected seconds, a number above 0 and below 3600, got "2"; remove the quotes']],
  ['alerts: { latency: { quantile: 95 } }', ['4: alerts.latency.quantile: expected a number above 0 and below 1, got 95']],
  ['alerts: { errorRatio: { threshold: 5 } }', ['4: alerts.errorRatio.threshold: expected a number above 0 and below 1, got 5']],
  ['alerts: { workerRestarts: { threshold: 1.5 } }', ['4: alerts.workerRestarts.threshold: expected a whole number from 1 to 1000, got 1.5']],
  ['alerts: { errorRatio: { runbook: ask Eve } }', ['4: alerts.errorRatio.runbook: expected an http or https address, got "ask Eve"']],
  ["alerts: { labels: { team: '{{ .x }}' } }", ['4: alerts.labels.team: expected text without "{{", which begins a template, got "{{ .x }}"']],
  ['alerts: { labels: { severity: page } }', [`4: alerts.labels.severity: ${EVERY_LABEL}, got "severity"`]],
  ['alerts: { latency: { labels: { alertname: x, a-b: y } } }', [`4: alerts.latency.labels.alertname: ${NAME}, got "alertname"`, `4: alerts.latency.labels.a-b: ${NAME}, got "a-b"`]],
  ['alerts: { labels: { a: b, pod: x }, workersNotScraped: { labels: { pod: y } } }', [`4: alerts.labels.pod: ${EVERY_LABEL}, got "pod"`, `4: alerts.workersNotScraped.labels.pod: ${NAME}, pod ${ALIKE}, got "pod"`]],
  ['alerts: { unappliedMigrations: { labels: { connection: x } } }', [`4: alerts.unappliedMigrations.labels.connection: ${NAME}, connection ${ALIKE}, got "connection"`]],
  ['alerts: { workerRestarts: { labels: { worker: x } } }', [`4: alerts.workerRestarts.labels.worker: ${OF_RESTARTS}, got "worker"`]],
  ['alerts: { latency: { threshold: -1, for: x }, errorRatio: { severity: 3 } }', [
    '4: alerts.latency.threshold: expected seconds, a number above 0 and below 3600, got -1',
    '4: alerts.latency.for: expected a duration such as 15s, 1m30s or 2h (units y w d h m s ms in this order; above zero, below 292y), got "x"',
    '4: alerts.errorRatio.severity: expected text without "{{", which begins a template, got 3; put it in quotes, as you wrote it',
  ]],
  ['alerts: { latency: { onlyIn: billing } }', ['4: alerts.latency.onlyIn: no service window of a component "billing"; add one to serviceWindows, or remove onlyIn']],
  [`${WINDOW}alerts: { latency: { onlyIn: biling } }`, ['5: alerts.latency.onlyIn: no service window of a component "biling"; did you mean "billing"?']],
  [`${WINDOW}alerts: { latency: { onlyIn: shipping } }`, ['5: alerts.latency.onlyIn: no service window of a component "shipping"; known are "billing"']],
  ['metrics: { strategy: multiprocess }\nalerts: { workerRestarts: true }', ['5: alerts.workerRestarts: with metrics.strategy: multiprocess there are no metrics for each worker; remove it']],
  [`${WINDOW}metrics: { strategy: multiprocess }\nalerts: { latency: { onlyIn: billing } }`, [`6: alerts.latency.onlyIn: ${LOST}`]],
  ['metrics: { strategy: multiprocess }\nalerts: { errorRatio: { onlyIn: biling }, latency: { onlyIn: shipping } }', [`5: alerts.errorRatio.onlyIn: ${LOST}`, `5: alerts.latency.onlyIn: ${LOST}`]],
  ['metrics: { strategy: multiprocess }\nalerts: { workerRestarts: { onlyIn: billing } }', ['5: alerts.workerRestarts: with metrics.strategy: multiprocess there are no metrics for each worker; remove it']],
  ['metrics: { interval: 121s }\nalerts: true', [`4: metrics.interval: 121s ${TOO_LONG} ${HARMED}`]],
  ['metrics: { interval: 1h }\ndashboard: true', [`4: metrics.interval: 1h ${TOO_LONG} dashboard`]],
  ['metrics: { interval: 10m, strategy: multiprocess }\nalerts: true\ndashboard: true', [`4: metrics.interval: 10m ${TOO_LONG} alerts.workersNotScraped, alerts.unappliedMigrations, dashboard`]],
  ['metrics: { interval: 10m }\nalerts: { workersNotScraped: false, workerRestarts: false }', [`4: metrics.interval: 10m ${TOO_LONG} alerts.unappliedMigrations`]],
  [`${WINDOW}metrics: { interval: 10m }\nalerts: { ${RATES}, latency: { onlyIn: billing } }`, [`5: metrics.interval: 10m ${TOO_LONG} alerts.latency.onlyIn`]],
  ['alerts: { workerRestarts: { threshold: 29 } }', ['4: alerts.workerRestarts.threshold: 29 can never be exceeded: with metrics.interval 30s, 15m hold 30 scrapes, which show at most 29 restarts; lower it to 28 or below']],
  ['metrics: { interval: 2m }\nalerts: { workerRestarts: { threshold: 6 } }', ['5: alerts.workerRestarts.threshold: 6 can never be exceeded: with metrics.interval 2m, 15m hold 7 scrapes, which show at most 6 restarts; lower it to 5 or below']],
  ['alerts: { latency: { threshold: 75 } }', [`4: alerts.latency.threshold: 75 ${NEVER_SLOW} 75 s; lower it below 75, ${BUCKETS}`]],
  ['alerts: { latency: { threshold: 20, largestBucket: 10 } }', [`4: alerts.latency.threshold: 20 ${NEVER_SLOW} 10 s; lower it below 10, ${BUCKETS}`]],
  ['alerts: { latency: { largestBucket: 0.5 } }', [`4: alerts.latency.threshold: 1 ${NEVER_SLOW} 0.5 s; lower it below 0.5, ${BUCKETS}`]],
  ['alerts: { latency: { largestBucket: .inf } }', ['4: alerts.latency.largestBucket: expected seconds, a number above 0 and below 3600, got Infinity']],
  ['dashboard: 1', ['4: dashboard: expected true or false, got 1']],
])('%s is refused', (more, expected) => {
  expect(refusals(more)).toEqual(expected);
}); // prettier-ignore

test.each([
  ['labels', ['alertname', 'connection', 'endpoint', 'instance', 'worker']],
  ['workerRestarts.labels', ['endpoint', 'instance', 'pod']],
])('alerts.%s may not set a label by which alerts differ', (field, names) => {
  for (const name of names) {
    const [parent, child] = field.split('.');
    const labels = `{ ${name}: x }`;
    const given = child === undefined ? labels : `{ ${child}: ${labels} }`;
    expect(refusals(`alerts: { ${parent}: ${given} }`)).toEqual([
      expect.stringContaining(`4: alerts.${field}.${name}: `),
    ]);
  }
});

test.each([
  'alerts: true',
  'alerts: false',
  'alerts: {}',
  'alerts: { labels: { pods: a, service: b, alert_name: c } }',
  'alerts: { labels: { namespace: a, job: b } }',
  'alerts: { latency: { labels: { pod: a, instance: b } }, errorRatio: { labels: { container: c, connection: d } } }',
  'alerts: { workersNotScraped: { labels: { instance: a, job: b } }, unappliedMigrations: { labels: { pod: c } } }',
  'alerts: { workerRestarts: { labels: { connection: a, namespace: b } } }',
  'alerts: { latency: false, errorRatio: true, workerRestarts: {} }',
  `${WINDOW}alerts: { latency: { onlyIn: billing } }`,
  'metrics: { interval: 2m }\nalerts: true\ndashboard: true',
  'metrics: { interval: 10m }\nalerts: false\ndashboard: false',
  `metrics: { interval: 10m }\nalerts: { ${RATES} }`,
  `metrics: { interval: 10m }\nalerts: { ${RATES}, errorRatio: { threshold: 0.1 }, latency: true }`,
  `metrics: { interval: 10m }\nalerts: { ${RATES}, errorRatio: false, latency: false }`,
  'alerts: { workerRestarts: { threshold: 28 } }',
  'alerts: { latency: { threshold: 74.9 } }',
  'alerts: { latency: { threshold: 120, largestBucket: 300 } }',
  'metrics: { interval: 2m }\nalerts: { workerRestarts: { threshold: 5 } }',
  'metrics: { strategy: multiprocess }\nalerts: true',
  'metrics: { strategy: multiprocess }\nalerts: { workerRestarts: false }',
])('%s is taken', (more) => {
  expect(refusals(more)).toEqual([]);
});
