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
import { key } from '../../schema/key.js';
import { switchGroup } from '../../schema/key-groups.js';
import { COMPONENT } from '../service-windows/service-windows-key.js';
import { patience } from './patience.js';

/** Labels and annotations are plain text: Prometheus would expand a template. */
const PLAIN_TEXT: TextFormat = {
  what: 'text without "{{", which begins a template',
  pattern: /^(?![\s\S]*\{\{)[\s\S]+$/,
};

const RUNBOOK: TextFormat = { what: 'an http or https address', pattern: /^https?:\/\/[^\s{}]+$/ };

/** The labels that distinguish the alerts of one rule. `namespace` and `job` are the same for all of them. */
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

/** Labels of alerts. A label that distinguishes alerts is refused. */
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
  field: () => durationField(),
  description:
    'How long the condition must last before the alert fires, as a Prometheus duration such as `10m`.',
  example: '20m',
};

/** The keys that every alert has, beside `for`. */
const anyAlert = (alert: AlertKey, severity: 'critical' | 'warning') => ({
  severity: key({
    field: () => textField(PLAIN_TEXT),
    description: 'Value of the label `severity`, by which Alertmanager can choose a receiver.',
    default: severity,
    example: 'page',
  }),
  runbook: key({
    field: () => parsedTextField(RUNBOOK, (text) => new URL(text)),
    description: 'URL of a page with instructions for this alert. It becomes the annotation `runbook_url`.',
    unset: 'none',
    example: 'https://wiki.example.com/shop',
  }),
  labels: key({
    field: () => labelsField(IDENTIFYING[alert]),
    description: 'Additional labels of this alert. They override `alerts.labels`.',
    unset: 'none',
    example: { channel: 'night' },
  }),
  onlyIn: key({
    field: () => textField(COMPONENT),
    description: 'Name of a component in `serviceWindows`. The alert fires only during its windows.',
    unset: 'at any time',
    example: 'billing',
    needs: { serviceWindows: [{ component: 'billing', days: ['Mon'], start: '08:00', end: '18:00' }] },
  }),
});

const workersNotScraped = switchGroup({
  type: 'WorkersNotScrapedAlert',
  description: 'Fires when Prometheus cannot scrape a worker, a pod or the whole application.',
  default: true,
  keys: {
    for: key({
      ...duration,
      unset: `${patience.usual}, or gunicorn.gracefulTimeout plus one minute if that is longer`,
      default: (_, app: { gunicorn: { gracefulTimeout?: number | undefined } | undefined }) =>
        patience.longerThanDraining(app.gunicorn?.gracefulTimeout),
    }),
    ...anyAlert('workersNotScraped', 'critical'),
    sharded: key({
      field: () => booleanField(),
      description:
        'Set it if Prometheus is sharded (`spec.shards` above 1) and each shard evaluates this rule. A shard scrapes only some of the targets, so that missing targets no longer fire the alert, only targets that are down.',
      default: false,
      example: true,
    }),
  },
});

const workerRestarts = switchGroup({
  type: 'WorkerRestartsAlert',
  description:
    'Fires when a worker restarts more than `threshold` times within 15 minutes. Several restarts between two scrapes count as one.',
  unset:
    'true; false with metrics.strategy: multiprocess or aggregated, which have no metrics of single workers',
  default: (_, { metrics }: { metrics: { strategy: string } | false }) =>
    metrics !== false && metrics.strategy === 'port-per-worker',
  keys: {
    for: key({ ...duration, default: '5m' }),
    ...anyAlert('workerRestarts', 'warning'),
    threshold: key({
      field: () => wholeNumberField(RESTARTS),
      description:
        'The alert fires when a worker restarts more often than this within 15 minutes. 1 to 1000.',
      default: 3,
      example: 5,
    }),
  },
});

const errorRatio = switchGroup({
  type: 'ErrorRatioAlert',
  description: 'Fires when too many responses have a status of 500 or above.',
  default: true,
  keys: {
    // Longer than the 5 minutes of the rate: a single failed request does not fire the alert.
    for: key({ ...duration, default: '10m' }),
    ...anyAlert('errorRatio', 'critical'),
    threshold: key({
      field: () => numberField(SHARE),
      description:
        'The alert fires when a larger share of the responses fails. Above 0 and below 1; 0.05 is 5%.',
      default: 0.05,
      example: 0.01,
    }),
  },
});

const latency = switchGroup({
  type: 'LatencyAlert',
  description: 'Fires when too many requests take longer than `threshold` seconds.',
  default: true,
  keys: {
    for: key({ ...duration, default: '10m' }),
    ...anyAlert('latency', 'warning'),
    threshold: key({
      field: () => numberField(SECONDS),
      description:
        'The alert fires when the `quantile` of the response time is above this. In seconds; below `largestBucket`.',
      default: 1,
      example: 2,
    }),
    quantile: key({
      field: () => numberField(SHARE),
      description:
        'Share of requests that must be faster than `threshold`. Above 0 and below 1; 0.95 is 95%.',
      default: 0.95,
      example: 0.99,
    }),
    largestBucket: key({
      field: () => numberField(SECONDS),
      description:
        "The largest finite bucket in Django's setting `PROMETHEUS_LATENCY_BUCKETS`, in seconds. Prometheus cannot compute a quantile above it.",
      default: 75, // the default of django-prometheus
      example: 10,
    }),
  },
});

const unappliedMigrations = switchGroup({
  type: 'UnappliedMigrationsAlert',
  description:
    "Fires when migrations of the code are not applied to the database. Needs Django's setting `PROMETHEUS_EXPORT_MIGRATIONS`.",
  default: true,
  keys: {
    // Longer than a deployment with migrations takes.
    for: key({ ...duration, default: '15m' }),
    ...anyAlert('unappliedMigrations', 'warning'),
  },
});

/** The key `alerts`. */
export const alerts = switchGroup({
  type: 'WorkerAppAlerts',
  description:
    'Alerts on the application, in a PrometheusRule. `true`: all alerts with their defaults. An object: all alerts, with the given changes.',
  default: false,
  keys: {
    labels: key({
      field: () => labelsField([...new Set(Object.values(IDENTIFYING).flat())]),
      description:
        'Additional labels of every alert, such as the one by which Alertmanager chooses the receiver.',
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
