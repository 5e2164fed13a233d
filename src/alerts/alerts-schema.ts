import {
  mapField,
  namedValuesField,
  numberField,
  parsedTextField,
  switchField,
  textField,
  truthField,
  wholeNumberField,
} from '../fields/fields.js';
import { durationField } from '../fields/kubernetes-fields.js';
import type { TextRule } from '../kubernetes/text-rules.js';
import { LABEL_NAME } from '../prometheus/label-name.js';
import { COMPONENT } from '../service-windows/service-window-schema.js';
import { ALERT_DEFAULTS } from './alert-defaults.js';
import type { AlertKey } from './alerts-props.js';

/** Prometheus takes labels and annotations of alerts for templates; what is no template stays what it is. */
const PLAIN_TEXT: TextRule = {
  what: 'text without "{{", which begins a template',
  pattern: /^(?![\s\S]*\{\{)[\s\S]+$/,
};

const RUNBOOK: TextRule = { what: 'an http or https address', pattern: /^https?:\/\/[^\s{}]+$/ };

/** Labels by which one instance of an alert is told from another. Namespace and job are the same for all of them. */
const TELLING = {
  workersNotScraped: ['pod'],
  workerRestarts: ['pod', 'endpoint', 'instance', 'worker'],
  errorRatio: [],
  latency: [],
  unappliedMigrations: ['connection'],
} satisfies Readonly<Record<AlertKey, readonly string[]>>;

const EVERY_TELLING = [...new Set(Object.values(TELLING).flat())];

function alertLabel(telling: readonly string[]): TextRule {
  const refused = ['alertname', 'severity', ...telling];
  const why =
    telling.length === 0
      ? ''
      : ' (one value for all could make two alerts alike, and Prometheus would refuse the rule)';
  return {
    what: `${LABEL_NAME.what}, other than ${refused.join(', ')}${why}`,
    pattern: new RegExp(`^(?!(${refused.join('|')})$)${LABEL_NAME.pattern.source.slice(1)}`),
  };
}

const RESTARTS = { min: 1, max: 1000 };
const SHARE = { what: 'a number above 0 and below 1', above: 0, below: 1 };
const SECONDS = { what: 'seconds, a number above 0 and below 3600', above: 0, below: 3600 };

const labels = (telling: readonly string[]) => namedValuesField(alertLabel(telling), textField(PLAIN_TEXT));

const anyAlert = (key: AlertKey) => ({
  for: durationField().optional().meta({
    description: 'How long its condition must hold before it fires.',
    default: ALERT_DEFAULTS[key].for,
  }),
  severity: textField(PLAIN_TEXT).optional().meta({
    description: 'The label severity.',
    default: ALERT_DEFAULTS[key].severity,
  }),
  runbook: parsedTextField(RUNBOOK, (text) => new URL(text))
    .optional()
    .meta({ description: 'Address of a page that says what to do: the annotation runbook_url.' }),
  labels: labels(TELLING[key]).optional().meta({ description: 'More labels, over those of all alerts.' }),
  onlyIn: textField(COMPONENT).optional().meta({
    description: 'A component of serviceWindows: the alert fires only while it is in its window.',
  }),
});

/** The shape of `alerts`. */
export const alertsSchema = switchField(
  mapField({
    labels: labels(EVERY_TELLING).optional().meta({ description: 'More labels on every alert.' }),
    workersNotScraped: switchField(
      mapField({
        ...anyAlert('workersNotScraped'),
        for: durationField()
          .optional()
          .meta({
            description: `How long its condition must hold before it fires. Default: ${ALERT_DEFAULTS.workersNotScraped.for}, or gunicorn.gracefulTimeout and a minute where that is longer.`,
          }),
        sharded: truthField().optional().meta({
          description:
            'For rules that each shard of a sharded Prometheus evaluates: only targets that are down count, not that all are missing.',
          default: ALERT_DEFAULTS.workersNotScraped.sharded,
        }),
      }),
    )
      .optional()
      .meta({
        description: 'A worker, a pod or the whole application that Prometheus cannot scrape.',
        default: true,
      }),
    workerRestarts: switchField(
      mapField({
        ...anyAlert('workerRestarts'),
        threshold: wholeNumberField(RESTARTS).optional().meta({
          description: 'Restarts of one worker within 15 minutes above which it fires.',
          default: ALERT_DEFAULTS.workerRestarts.threshold,
        }),
      }),
    )
      .optional()
      .meta({ description: 'A worker that is replaced again and again.', default: true }),
    errorRatio: switchField(
      mapField({
        ...anyAlert('errorRatio'),
        threshold: numberField(SHARE).optional().meta({
          description: 'Share of answers with a status of 500 or above, above which it fires.',
          default: ALERT_DEFAULTS.errorRatio.threshold,
        }),
      }),
    )
      .optional()
      .meta({ description: 'Answers with a status of 500 or above.', default: true }),
    latency: switchField(
      mapField({
        ...anyAlert('latency'),
        threshold: numberField(SECONDS).optional().meta({
          description: 'Seconds above which it fires.',
          default: ALERT_DEFAULTS.latency.threshold,
        }),
        quantile: numberField(SHARE).optional().meta({
          description: 'The share of requests that must be faster.',
          default: ALERT_DEFAULTS.latency.quantile,
        }),
        largestBucket: numberField(SECONDS).optional().meta({
          description: 'Largest of PROMETHEUS_LATENCY_BUCKETS but infinity; threshold is below it.',
          default: ALERT_DEFAULTS.latency.largestBucket,
        }),
      }),
    )
      .optional()
      .meta({ description: 'Requests that take too long.', default: true }),
    unappliedMigrations: switchField(mapField(anyAlert('unappliedMigrations')))
      .optional()
      .meta({ description: 'Migrations that the code has and the database has not.', default: true }),
  }),
);
