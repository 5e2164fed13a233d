import * as z from 'zod';
import {
  choiceField,
  distinctListField,
  listField,
  mapField,
  namedValuesField,
  parsedTextField,
  refusal,
  textField,
  truthField,
  wholeNumberField,
} from '../fields/fields.js';
import { configMapKeyField, durationField, secretKeyField } from '../fields/kubernetes-fields.js';
import { LABEL_KEY, type AnyTextRule, type TextRule } from '../kubernetes/text-rules.js';
import { HOST_NAME } from '../kubernetes/http.js';
import { PORT, UNPRIVILEGED_PORT } from '../kubernetes/whole-number.js';
import { CONFIG_TEXT } from '../prometheus/config-text.js';
import { LABEL_NAME, LABEL_NAME_TEMPLATE, META_LABEL_NAME } from '../prometheus/label-name.js';
import { METRICS_PATH } from '../prometheus/metrics-path.js';
import { checkRegularExpression, REGULAR_EXPRESSION } from '../prometheus/regular-expression.js';
import { RELABEL_ACTIONS } from '../prometheus/relabeling.js';
import { GRAPHITE_HOST, GRAPHITE_PREFIX } from './graphite.js';
import { GRAPHITE_DEFAULTS, SCRAPING_DEFAULTS } from './scraping-defaults.js';
import { SCRAPE_PROTOCOLS, type WorkerAppMetrics } from './scraping-props.js';

const TEXT: AnyTextRule = { what: 'text' };
const AUTHORIZATION_TYPE: TextRule = {
  what: 'an authorization type such as Bearer',
  pattern: /^(?![Bb][Aa][Ss][Ii][Cc]$)[!-~]+$/,
};
const LIMIT = { min: 0, max: 1_000_000_000 };
const MODULUS = { min: 1, max: 1_000_000_000 };

const secretOrConfigMapKey = () =>
  z.union([secretKeyField(), configMapKeyField()], refusal('{ secret, key } or { configMap, key }'));

const relabelings = () =>
  listField(
    mapField({
      sourceLabels: listField(textField(META_LABEL_NAME)).optional(),
      separator: textField(TEXT).optional(),
      targetLabel: textField(LABEL_NAME_TEMPLATE).optional(),
      regex: parsedTextField(REGULAR_EXPRESSION, checkRegularExpression).optional(),
      modulus: wholeNumberField(MODULUS).optional(),
      replacement: textField(TEXT).optional(),
      action: choiceField(RELABEL_ACTIONS).optional(),
    }),
  );

/** The shape of `metrics`. */
export const scrapingSchema = mapField({
  startPort: wholeNumberField(UNPRIVILEGED_PORT).optional().meta({
    description: 'Metrics port of the first worker; the others follow. Default: http.port + 1.',
  }),
  interval: durationField().optional().meta({
    description:
      'Time between two scrapes; 2m at most with dashboard, or alerts other than errorRatio and latency.',
    default: SCRAPING_DEFAULTS.interval,
  }),
  scrapeTimeout: durationField().optional().meta({
    description:
      "Time after which a scrape is given up; not above the interval. Default: Prometheus' own, 10s.",
  }),
  exporter: choiceField(['app', 'gunicorn']).optional().meta({
    description:
      'Who serves the metrics of a worker: the application itself, or a gunicorn configuration of ours.',
    default: SCRAPING_DEFAULTS.exporter,
  }),
  strategy: choiceField(['port-per-worker', 'multiprocess']).optional().meta({
    description:
      "A port for each worker, or prometheus_client's multiprocess mode: the sums of all workers on one port.",
    default: SCRAPING_DEFAULTS.strategy,
  }),
  monitor: choiceField(['ServiceMonitor', 'PodMonitor']).optional().meta({
    description: "The operator's object that finds the targets.",
    default: SCRAPING_DEFAULTS.monitor,
  }),
  endpoints: choiceField(['per-port', 'single']).optional().meta({
    description: 'A scrape job for each worker, or one that finds all metrics ports by relabelling.',
    default: SCRAPING_DEFAULTS.endpoints,
  }),
  service: choiceField(['shared', 'headless']).optional().meta({
    description: 'Metrics ports on the Service of the application, or on a headless one of their own.',
    default: SCRAPING_DEFAULTS.service,
  }),
  graphite: mapField({
    host: textField(GRAPHITE_HOST).meta({ description: 'Name or address of its carbon.' }),
    port: wholeNumberField(PORT)
      .optional()
      .meta({ description: `Port for plaintext lines over TCP. Default: ${GRAPHITE_DEFAULTS.port}.` }),
    interval: durationField()
      .optional()
      .meta({ description: `Time between two pushes, 1s or more. Default: ${GRAPHITE_DEFAULTS.interval}.` }),
    prefix: textField(GRAPHITE_PREFIX).optional().meta({
      description: 'What the name of every metric begins with, before a dot. Default: nothing.',
    }),
  })
    .optional()
    .meta({ description: 'A Graphite to push the metrics to, beside the scrapes; with exporter: gunicorn.' }),
  workerLabel: truthField().optional().meta({
    description: 'Whether each target has a label worker with the number of its worker.',
    default: SCRAPING_DEFAULTS.workerLabel,
  }),
  labels: namedValuesField(LABEL_NAME, textField(CONFIG_TEXT)).optional().meta({
    description: 'Labels with the same value on every target.',
  }),
  podLabels: listField(textField(LABEL_KEY))
    .optional()
    .meta({ description: 'Labels of the pod to copy to its targets.' }),
  jobLabel: textField(LABEL_KEY).optional().meta({
    description:
      'The label of the Service whose value becomes the label job. Default: the name of the application.',
  }),
  relabelings: relabelings().optional().meta({ description: 'Steps that change targets before a scrape.' }),
  metricRelabelings: relabelings()
    .optional()
    .meta({ description: 'Steps that change samples after a scrape.' }),
  sampleLimit: wholeNumberField(LIMIT)
    .optional()
    .meta({ description: 'Samples in one scrape above which it fails.' }),
  targetLimit: wholeNumberField(LIMIT).optional().meta({
    description:
      'Targets of a scrape job above which all of them fail; not below those of all pods in a rollout.',
  }),
  keepDroppedTargets: wholeNumberField(LIMIT).optional().meta({
    description: 'Dropped targets that Prometheus keeps in memory.',
  }),
  scrapeProtocols: distinctListField(choiceField(SCRAPE_PROTOCOLS)).optional().meta({
    description: 'Formats to ask for, the best first; OpenMetrics carries exemplars.',
  }),
  path: textField(METRICS_PATH)
    .optional()
    .meta({ description: 'Path of the metrics, without a query.', default: SCRAPING_DEFAULTS.path }),
  scheme: choiceField(['http', 'https'])
    .optional()
    .meta({ description: 'How scrapes connect.', default: SCRAPING_DEFAULTS.scheme }),
  tls: mapField({
    ca: secretOrConfigMapKey().optional().meta({ description: 'Certificate of the authority.' }),
    cert: secretOrConfigMapKey().optional().meta({ description: "Prometheus' own certificate." }),
    key: secretKeyField().optional().meta({ description: 'The key to it.' }),
    serverName: textField(HOST_NAME)
      .optional()
      .meta({ description: "The name that the application's certificate must have." }),
    insecureSkipVerify: truthField()
      .optional()
      .meta({ description: 'Trust any certificate.', default: false }),
  })
    .optional()
    .meta({ description: 'What Prometheus needs to trust the application, and to be trusted.' }),
  authorization: mapField({
    type: textField(AUTHORIZATION_TYPE).optional().meta({ description: 'Default: Bearer.' }),
    credentials: secretKeyField().meta({ description: 'What follows the type.' }),
  })
    .optional()
    .meta({ description: 'The Authorization header of scrapes; only with exporter: app.' }),
}) satisfies z.ZodType<WorkerAppMetrics>;
