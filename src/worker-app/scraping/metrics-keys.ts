import {
  choiceField,
  distinctListField,
  listField,
  recordField,
  textField,
  booleanField,
  wholeNumberField,
} from '../../schema/fields.js';
import { durationField } from '../../schema/kubernetes-fields.js';
import { LABEL_KEY } from '../../kubernetes/text-formats.js';
import { UNPRIVILEGED_PORT } from '../../kubernetes/whole-number.js';
import { CONFIG_TEXT } from '../../prometheus/config-text.js';
import { LABEL_NAME } from '../../prometheus/label-name.js';
import { METRICS_PATH } from '../../prometheus/metrics-path.js';
import { group, key } from '../../schema/key.js';
import { named } from '../../schema/type-names.js';
import { authorization } from './authorization-keys.js';
import { graphite } from './graphite-keys.js';
import { relabelings } from './relabeling-keys.js';
import { tls } from './tls-keys.js';

const LIMIT = { min: 0, max: 1_000_000_000 };

const SCRAPE_PROTOCOL = named(
  'ScrapeProtocol',
  choiceField([
    'PrometheusProto',
    'OpenMetricsText0.0.1',
    'OpenMetricsText1.0.0',
    'PrometheusText0.0.4',
    'PrometheusText1.0.0',
  ]),
);

/** The key `metrics`: how the workers are scraped. */
export const metrics = group({
  type: 'WorkerAppMetrics',
  description: 'How the workers are scraped.',
  default: {},
  keys: {
    startPort: key({
      field: wholeNumberField(UNPRIVILEGED_PORT),
      description:
        'Metrics port of the first worker, 1024 to 65535; the others follow. No port of the range may be `http.port`.',
      unset: 'http.port + 1',
      default: (_, { http }: { http: { port: number } }) => http.port + 1,
      example: 9001,
    }),
    interval: key({
      field: durationField(),
      description:
        'Time between two scrapes, in the notation of Prometheus. At most 2m with `dashboard`, or with alerts other than `errorRatio` and `latency`.',
      default: '30s',
      example: '15s',
    }),
    scrapeTimeout: key({
      field: durationField(),
      description: 'Time after which Prometheus gives up a scrape. At most the interval.',
      unset: "Prometheus' own: 10s, or the interval if that is shorter",
      example: '5s',
    }),
    strategy: key({
      field: named('Strategy', choiceField(['port-per-worker', 'multiprocess'])),
      description:
        "`port-per-worker`: each worker serves its own metrics on its own port. `multiprocess`: prometheus_client adds up what all workers write to a directory in memory, and gunicorn's master serves the sums on one port.",
      default: 'port-per-worker',
      example: 'multiprocess',
    }),
    exporter: key({
      field: choiceField(['app', 'gunicorn']),
      description:
        'Who serves the metrics of a worker. `app`: the application itself, as django-prometheus does. `gunicorn`: our gunicorn config, which retries until the worker has a port; the application must then open none (it reads `METRICS_EXPORTER=gunicorn`).',
      unset: 'app; gunicorn with strategy: multiprocess',
      default: ({ strategy }: { strategy: 'port-per-worker' | 'multiprocess' }) =>
        strategy === 'multiprocess' ? ('gunicorn' as const) : ('app' as const),
      example: 'gunicorn',
    }),
    monitor: key({
      field: named('MonitorKind', choiceField(['ServiceMonitor', 'PodMonitor'])),
      description:
        "The operator's object that finds the targets: a ServiceMonitor through the Service, a PodMonitor at the pods themselves.",
      default: 'ServiceMonitor',
      example: 'PodMonitor',
    }),
    endpoints: key({
      field: named('EndpointStyle', choiceField(['per-port', 'single'])),
      description:
        '`per-port`: one scrape job for each worker. `single`: one scrape job that finds all metrics ports by relabelling; with many workers it costs Prometheus far less. The targets have the same labels.',
      default: 'per-port',
      example: 'single',
    }),
    service: key({
      field: named('MetricsService', choiceField(['shared', 'headless'])),
      description:
        "`shared`: the application's Service has the metrics ports too. `headless`: a second Service `<name>-metrics` without a cluster IP has them; its ports cost no iptables rules on nodes.",
      default: 'shared',
      example: 'headless',
    }),
    graphite,
    workerLabel: key({
      field: booleanField(),
      description: 'Whether each target has a label `worker` with the number of its worker.',
      default: false,
      example: true,
    }),
    labels: key({
      field: recordField(LABEL_NAME, textField(CONFIG_TEXT)),
      description:
        'Labels with the same value on every target. Rules and dashboard select by them. A label that targets or samples already have is refused.',
      unset: 'none',
      example: { team: 'payments' },
    }),
    podLabels: key({
      field: listField(textField(LABEL_KEY)),
      description:
        'Labels of the pod to copy to its targets. Characters that Prometheus does not allow become "_".',
      unset: 'none',
      example: ['app.kubernetes.io/version'],
    }),
    jobLabel: key({
      field: textField(LABEL_KEY),
      description:
        'The label of the Service (with a PodMonitor: of the pod) whose value becomes the label `job`.',
      unset: 'the name of the application becomes job',
      example: 'app.kubernetes.io/instance',
    }),
    relabelings: key({
      field: listField(relabelings.item),
      items: relabelings.keys,
      description: 'Relabelling steps before the scrape, after ours: they change or drop targets.',
      unset: 'none',
      example: [{ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' }],
    }),
    metricRelabelings: key({
      field: listField(relabelings.item),
      items: relabelings.keys,
      description: 'Relabelling steps after the scrape: they change or drop samples.',
      unset: 'none',
      example: [{ action: 'drop', sourceLabels: ['__name__'], regex: 'python_gc_.*' }],
    }),
    sampleLimit: key({
      field: wholeNumberField(LIMIT),
      description: 'Samples in one scrape above which the scrape fails. 0 is no limit.',
      unset: 'no limit',
      example: 5000,
    }),
    targetLimit: key({
      field: wholeNumberField(LIMIT),
      description:
        'Targets of one scrape job above which all of them fail. At least the number that all pods have during a rollout. 0 is no limit.',
      unset: 'no limit',
      example: 1000,
    }),
    keepDroppedTargets: key({
      field: wholeNumberField(LIMIT),
      description: 'Dropped targets that Prometheus keeps in memory to show them. 0 is no limit.',
      unset: 'no limit',
      example: 10,
    }),
    scrapeProtocols: key({
      field: distinctListField(SCRAPE_PROTOCOL),
      description: 'Formats that Prometheus asks for, the best first. OpenMetrics carries exemplars.',
      unset: "Prometheus' own",
      example: ['OpenMetricsText1.0.0', 'PrometheusText0.0.4'],
    }),
    path: key({
      field: textField(METRICS_PATH),
      description: 'Path of the metrics, without a query (Prometheus would escape it).',
      theirDefault: '/metrics',
      example: '/internal/metrics',
    }),
    scheme: key({
      field: choiceField(['http', 'https']),
      description: 'How Prometheus connects. `https` only with `exporter: app`.',
      theirDefault: 'http',
      example: 'https',
    }),
    tls,
    authorization,
  },
});
