import {
  recordField,
  UNWRITABLE,
  numberField,
  parsedTextField,
  textField,
  booleanField,
  wholeNumberField,
} from '../../schema/fields.js';
import { durationField } from '../../schema/kubernetes-fields.js';
import type { TextFormat } from '../../kubernetes/text-formats.js';
import { LABEL_NAME } from '../../prometheus/label-name.js';
import { key, switchGroup } from '../../schema/key.js';
import { COMPONENT } from '../service-windows/service-windows-key.js';
import { patience } from './patience.js';

/** Prometheus expands templates in labels and annotations of alerts. Ours are plain text. */
const PLAIN_TEXT: TextFormat = {
  what: 'text without "{{", which begins a template',
  pattern: /^(?![\s\S]*\{\{)[\s\S]+$/,
};

const RUNBOOK: TextFormat = { what: 'an http or https address', pattern: /^https?:\/\/[^\s{}]+$/ };

/** The labels that tell apart the alerts of one rule. Namespace and job are the same for all of them. */
const IDENTIFYING = {
  workersNotScraped: ['pod'],
  workerRestarts: ['pod', 'endpoint', 'instance', 'worker'],
  errorRatio: [],
  latency: [],
  unappliedMigrations: ['connection'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type AlertKey = keyof typeof IDENTIFYING;

/** The keys of the alerts. */
export const ALERTS = Object.keys(IDENTIFYING) as AlertKey[];

const RESTARTS = { min: 1, max: 1000 };
const SHARE = { what: 'a number above 0 and below 1', above: 0, below: 1 };
const SECONDS = { what: 'seconds, a number above 0 and below 3600', above: 0, below: 3600 };

/** Labels of alerts; one that tells alerts apart is refused. */
function labelsField(identifying: readonly string[]) {
  const refused = ['alertname', 'severity', ...identifying];
  const why =
    identifying.length === 0
      ? ''
      : ' (with one value for all, two alerts could be equal, and Prometheus would refuse the rule)';
  const name: TextFormat = {
    what: `${LABEL_NAME.what}, other than ${refused.join(', ')}${why}`,
    pattern: new RegExp(`^(?!(${refused.join('|')})$)${LABEL_NAME.pattern.source.slice(1)}`),
  };
  return recordField(name, textField(PLAIN_TEXT), UNWRITABLE);
}

const duration = {
  field: durationField(),
  description: 'How long the condition must hold before the alert fires, in the notation of Prometheus.',
  example: '20m',
};

/** The keys that every alert has, beside `for`. */
const anyAlert = (alert: AlertKey, severity: 'critical' | 'warning') => ({
  severity: key({
    field: textField(PLAIN_TEXT),
    description: 'The label `severity`.',
    default: severity,
    example: 'page',
  }),
  runbook: key({
    field: parsedTextField(RUNBOOK, (text) => new URL(text)),
    description: 'Address of a page that says what to do: the annotation `runbook_url`.',
    unset: 'none',
    example: 'https://wiki.example.com/shop',
  }),
  labels: key({
    field: labelsField(IDENTIFYING[alert]),
    description: 'More labels on this alert, over those of all alerts.',
    unset: 'none',
    example: { channel: 'night' },
  }),
  onlyIn: key({
    field: textField(COMPONENT),
    description: 'A component of `serviceWindows`: the alert fires only during its windows.',
    unset: 'at any time',
    example: 'billing',
    needs: { serviceWindows: [{ component: 'billing', days: ['Mon'], start: '08:00', end: '18:00' }] },
  }),
});

const workersNotScraped = switchGroup({
  type: 'WorkersNotScrapedAlert',
  description: 'A worker, a pod or the whole application that Prometheus cannot scrape.',
  default: true,
  keys: {
    for: key({
      ...duration,
      unset: `${patience.usual}, or gunicorn.gracefulTimeout and a minute if that is longer`,
      default: (_, app: { gunicorn: { gracefulTimeout?: number | undefined } | undefined }) =>
        patience.longerThanDraining(app.gunicorn?.gracefulTimeout),
    }),
    ...anyAlert('workersNotScraped', 'critical'),
    sharded: key({
      field: booleanField(),
      description:
        "For rules that each shard of a sharded Prometheus evaluates (`spec.shards` above 1). A shard sees some of a pod's targets, or none: only targets that are down count then, not targets that are missing.",
      default: false,
      example: true,
    }),
  },
});

const workerRestarts = switchGroup({
  type: 'WorkerRestartsAlert',
  description:
    'A worker that restarts again and again: more often than `threshold` within 15 minutes. Between two scrapes, several restarts look like one.',
  unset: 'true; false with metrics.strategy: multiprocess, which has no metrics of single workers',
  default: (_, app: { metrics: { strategy: string } }) => app.metrics.strategy !== 'multiprocess',
  keys: {
    for: key({ ...duration, default: '5m' }),
    ...anyAlert('workerRestarts', 'warning'),
    threshold: key({
      field: wholeNumberField(RESTARTS),
      description: 'Restarts of one worker within 15 minutes above which the alert fires, 1 to 1000.',
      default: 3,
      example: 5,
    }),
  },
});

const errorRatio = switchGroup({
  type: 'ErrorRatioAlert',
  description: 'Responses with a status of 500 or above.',
  default: true,
  keys: {
    // Longer than the 5 minutes of the rate: one failed request is no alert.
    for: key({ ...duration, default: '10m' }),
    ...anyAlert('errorRatio', 'critical'),
    threshold: key({
      field: numberField(SHARE),
      description: 'Share of all responses above which the alert fires, above 0 and below 1.',
      default: 0.05,
      example: 0.01,
    }),
  },
});

const latency = switchGroup({
  type: 'LatencyAlert',
  description: 'Requests that take longer than `threshold` seconds.',
  default: true,
  keys: {
    for: key({ ...duration, default: '10m' }),
    ...anyAlert('latency', 'warning'),
    threshold: key({
      field: numberField(SECONDS),
      description: 'Seconds above which the alert fires. Must be below `largestBucket`.',
      default: 1,
      example: 2,
    }),
    quantile: key({
      field: numberField(SHARE),
      description: 'Share of requests that must be faster, above 0 and below 1.',
      default: 0.95,
      example: 0.99,
    }),
    largestBucket: key({
      field: numberField(SECONDS),
      description:
        "Seconds of the largest bucket but infinity in Django's `PROMETHEUS_LATENCY_BUCKETS`. No quantile can be above it.",
      default: 75, // django-prometheus' own
      example: 10,
    }),
  },
});

const unappliedMigrations = switchGroup({
  type: 'UnappliedMigrationsAlert',
  description:
    'Migrations that the code has and the database does not. Needs `PROMETHEUS_EXPORT_MIGRATIONS` in Django.',
  default: true,
  keys: {
    // Longer than a deployment that migrates.
    for: key({ ...duration, default: '15m' }),
    ...anyAlert('unappliedMigrations', 'warning'),
  },
});

/** The key `alerts`. */
export const alerts = switchGroup({
  type: 'WorkerAppAlerts',
  description:
    'Alerts, in a PrometheusRule with the name of the application: true for all of them, or an object with the differences.',
  default: false,
  keys: {
    labels: key({
      field: labelsField([...new Set(Object.values(IDENTIFYING).flat())]),
      description: 'More labels on every alert, such as the one by which Alertmanager finds the team.',
      unset: 'none',
      example: { team: 'payments' },
    }),
    workersNotScraped,
    workerRestarts,
    errorRatio,
    latency,
    unappliedMigrations,
  },
});
