import {
  mapField,
  namedValuesField,
  numberField,
  parsedTextField,
  switchField,
  textField,
  wholeNumberField,
} from '../fields/fields.js';
import { durationField } from '../fields/kubernetes-fields.js';
import type { TextRule } from '../kubernetes/text-rules.js';
import { LABEL_NAME } from '../prometheus/label-name.js';
import { COMPONENT } from '../service-windows/service-window-schema.js';
import { ALERT_DEFAULTS } from './alert-defaults.js';

/** Prometheus takes labels and annotations of alerts for templates; what is no template stays what it is. */
const PLAIN_TEXT: TextRule = {
  what: 'text without "{{", which begins a template',
  pattern: /^(?![^]*\{\{)[^]+$/,
};

const RUNBOOK: TextRule = { what: 'an http or https address', pattern: /^https?:\/\/[^\s{}]+$/ };

/** Labels by which one instance of an alert is told from another: Prometheus refuses a rule that makes two alike. */
const TELLING = ['connection', 'endpoint', 'instance', 'job', 'namespace', 'pod', 'worker'];

const ALERT_LABEL: TextRule = {
  what: `${LABEL_NAME.what}, other than alertname, severity, ${TELLING.join(', ')}`,
  pattern: new RegExp(`^(?!(alertname|severity|${TELLING.join('|')})$)${LABEL_NAME.pattern.source.slice(1)}`),
};

const RESTARTS = { min: 1, max: 1000 };
const SHARE = { what: 'a number above 0 and below 1', above: 0, below: 1 };
const SECONDS = { what: 'seconds, a number above 0 and below 3600', above: 0, below: 3600 };

const labels = () => namedValuesField(ALERT_LABEL, textField(PLAIN_TEXT));

const anyAlert = (defaults: { readonly for: string; readonly severity: string }) => ({
  for: durationField().optional().meta({
    description: 'How long its condition must hold before it fires.',
    default: defaults.for,
  }),
  severity: textField(PLAIN_TEXT).optional().meta({
    description: 'The label severity.',
    default: defaults.severity,
  }),
  runbook: parsedTextField(RUNBOOK, (text) => new URL(text))
    .optional()
    .meta({ description: 'Address of a page that says what to do: the annotation runbook_url.' }),
  labels: labels().optional().meta({ description: 'More labels, over those of all alerts.' }),
  onlyIn: textField(COMPONENT).optional().meta({
    description: 'A component of serviceWindows: the alert fires only while it is in its window.',
  }),
});

/** The shape of `alerts`. */
export const alertsSchema = switchField(
  mapField({
    labels: labels().optional().meta({ description: 'More labels on every alert.' }),
    workersNotScraped: switchField(
      mapField({
        ...anyAlert(ALERT_DEFAULTS.workersNotScraped),
        for: durationField()
          .optional()
          .meta({
            description: `How long its condition must hold before it fires. Default: ${ALERT_DEFAULTS.workersNotScraped.for}, or gunicorn.gracefulTimeout and a minute where that is longer.`,
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
        ...anyAlert(ALERT_DEFAULTS.workerRestarts),
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
        ...anyAlert(ALERT_DEFAULTS.errorRatio),
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
        ...anyAlert(ALERT_DEFAULTS.latency),
        threshold: numberField(SECONDS).optional().meta({
          description: 'Seconds above which it fires.',
          default: ALERT_DEFAULTS.latency.threshold,
        }),
        quantile: numberField(SHARE).optional().meta({
          description: 'The share of requests that must be faster.',
          default: ALERT_DEFAULTS.latency.quantile,
        }),
      }),
    )
      .optional()
      .meta({ description: 'Requests that take too long.', default: true }),
    unappliedMigrations: switchField(mapField(anyAlert(ALERT_DEFAULTS.unappliedMigrations)))
      .optional()
      .meta({ description: 'Migrations that the code has and the database has not.', default: true }),
  }),
);
