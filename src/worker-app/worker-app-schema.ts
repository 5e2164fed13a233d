import * as z from 'zod';
import { alertsSchema } from '../alerts/alerts-schema.js';
import {
  choiceField,
  mapField,
  namedValuesField,
  quotesMissing,
  refusal,
  textField,
  truthField,
  wholeNumberField,
} from '../fields/fields.js';
import { configMapKeyField, resourcesField, secretKeyField } from '../fields/kubernetes-fields.js';
import { HOST, HTTP_PATH } from '../kubernetes/http.js';
import { IMAGE_REFERENCE } from '../kubernetes/image-reference.js';
import {
  DNS_1035_LABEL,
  DNS_1123_LABEL,
  ENV_NAME,
  LABEL_KEY,
  LABEL_VALUE,
  type TextRule,
} from '../kubernetes/text-rules.js';
import { PORT } from '../kubernetes/whole-number.js';
import { WORKERS } from '../ports/metrics-ports.js';
import { scrapingSchema } from '../scraping/scraping-schema.js';
import { serviceWindowsSchema } from '../service-windows/service-window-schema.js';
import { COMPUTED_ENV, TAKEN_ENV } from './computed-env.js';
import { TAKEN_LABELS } from './computed-labels.js';
import { DEFAULTS } from './defaults.js';
import type { WorkerAppProps } from './worker-app-props.js';

const ENV_TEXT: TextRule = {
  what: 'text, { secret, key } or { configMap, key }',
  // eslint-disable-next-line no-control-regex
  pattern: /^[^\u0000]*$/,
};

const WORKER_CLASS: TextRule = {
  what: 'a worker class such as gthread or uvicorn.workers.UvicornWorker',
  pattern: /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/,
  maxLength: 200,
};

const SECONDS = { min: 1, max: 3600 };
const REQUESTS = { min: 0, max: 1_000_000_000 };
const THREADS = { min: 1, max: 1000 };
const RUN_AS_USER = { min: 1, max: 2 ** 31 - 1 };
const REPLICAS = { min: 0, max: 10_000 };

const envValue = z.union(
  [textField(ENV_TEXT), secretKeyField(), configMapKeyField()],
  refusal(ENV_TEXT.what, quotesMissing(ENV_TEXT)),
);

/** The shape of WorkerAppProps, from which the JSON Schema of values files is made too. */
export const workerAppSchema = mapField({
  name: textField(DNS_1035_LABEL).meta({
    description: 'Name of every object, and their label app.kubernetes.io/name.',
  }),
  instance: textField(LABEL_VALUE).optional().meta({
    description:
      'The label app.kubernetes.io/instance: what this application is a part of. Default: the name.',
  }),
  namespace: textField(DNS_1123_LABEL).optional().meta({
    description: 'Namespace of every object.',
    default: DEFAULTS.namespace,
  }),
  labels: namedValuesField(LABEL_KEY, textField(LABEL_VALUE), TAKEN_LABELS).optional().meta({
    description:
      'More labels on every object and pod, such as one by which a Prometheus chooses its monitors.',
  }),
  image: textField(IMAGE_REFERENCE).meta({
    description: 'Image of the application. Its tag becomes the label app.kubernetes.io/version.',
  }),
  imagePullPolicy: choiceField(['Always', 'IfNotPresent', 'Never']).optional().meta({
    description: "When the kubelet pulls the image. Default: Kubernetes' own rule.",
  }),
  container: textField(DNS_1123_LABEL).optional().meta({
    description: 'Name of the container.',
    default: DEFAULTS.container,
  }),
  runAsUser: wholeNumberField(RUN_AS_USER).nullable().optional().meta({
    description:
      'User id that the container runs as; null leaves it to the image, whose USER must be a number above 0.',
    default: DEFAULTS.runAsUser,
  }),
  replicas: wholeNumberField(REPLICAS).optional().meta({ description: 'Pods.', default: DEFAULTS.replicas }),
  workers: wholeNumberField(WORKERS).meta({
    description:
      'Worker processes in each pod. Each gets a metrics port; the application is told by WEB_CONCURRENCY.',
  }),
  http: mapField({
    port: wholeNumberField(PORT).optional().meta({
      description: 'Port of the application in the container.',
      default: DEFAULTS.http.port,
    }),
    servicePort: wholeNumberField(PORT).optional().meta({
      description: 'Port of the Service.',
      default: DEFAULTS.http.servicePort,
    }),
    healthPath: textField(HTTP_PATH).optional().meta({
      description:
        'Path that answers 2xx or 3xx when the application is well; the probes ask it. Default: no probes.',
    }),
    healthHost: textField(HOST).optional().meta({
      description: "Host header of the probes, for Django's ALLOWED_HOSTS. Default: the pod's IP.",
    }),
  })
    .optional()
    .meta({ description: 'How the application is served.', dependencies: { healthHost: ['healthPath'] } }),
  metrics: scrapingSchema.optional().meta({ description: 'How the workers are scraped.' }),
  alerts: alertsSchema.optional().meta({
    description: 'Alerts, in a PrometheusRule: all of them, or a map of what differs.',
    default: DEFAULTS.alerts,
  }),
  dashboard: truthField().optional().meta({
    description: 'Whether there is a Grafana dashboard, in a ConfigMap for its sidecar.',
    default: DEFAULTS.dashboard,
  }),
  serviceWindows: serviceWindowsSchema.optional().meta({
    description: "When the application's components are in service. Default: none are told.",
  }),
  gunicorn: mapField({
    timeout: wholeNumberField(SECONDS).optional().meta({
      description: 'Seconds without a sign of life after which a worker is replaced.',
      default: DEFAULTS.gunicorn.timeout,
    }),
    gracefulTimeout: wholeNumberField(SECONDS).optional().meta({
      description: 'Seconds that workers have to finish their requests.',
      default: DEFAULTS.gunicorn.gracefulTimeout,
    }),
    maxRequests: wholeNumberField(REQUESTS).optional().meta({
      description: 'Requests after which a worker is replaced; 0 never. Default: never.',
    }),
    maxRequestsJitter: wholeNumberField(REQUESTS).optional().meta({
      description: 'Most requests more, chosen at random. Default: a tenth of maxRequests.',
    }),
    threads: wholeNumberField(THREADS)
      .optional()
      .meta({ description: 'Threads in each worker. Default: 1.' }),
    workerClass: textField(WORKER_CLASS).optional().meta({
      description: 'sync, gthread, gevent or another that the image has. Default: sync.',
    }),
    logs: choiceField(['json', 'text']).optional().meta({
      description: 'json: each line that gunicorn and the application log is one JSON object.',
      default: DEFAULTS.gunicorn.logs,
    }),
  })
    .optional()
    .meta({
      description: 'How gunicorn runs. Default: as the image starts it.',
      dependencies: { maxRequestsJitter: ['maxRequests'] },
    }),
  env: namedValuesField(ENV_NAME, envValue, TAKEN_ENV)
    .optional()
    .meta({
      description: `Environment of the container; $(NAME) is another variable of it, and $$ is $, as in Kubernetes. Computed, and refused here: ${Object.keys(COMPUTED_ENV).join(', ')}; with serviceWindows COMPONENTS_FILE too.`,
    }),
  resources: resourcesField().optional().meta({
    description:
      'Resources of the container, as in Kubernetes; null removes one, or all. Default: requests that fit the workers, and a memory limit of twice the memory request.',
  }),
}) satisfies z.ZodType<WorkerAppProps>;
