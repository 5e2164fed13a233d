import {
  choiceField,
  distinctListField,
  listField,
  looseObjectField,
  recordField,
  textField,
  booleanField,
  wholeNumberField,
  wholeNumberOrTextField,
} from '../../schema/fields.js';
import { durationField } from '../../schema/kubernetes-fields.js';
import { LABEL_KEY } from '../../kubernetes/text-formats.js';
import { PORT, UNPRIVILEGED_PORT } from '../../kubernetes/whole-number.js';
import { CONFIG_TEXT } from '../../prometheus/config-text.js';
import { LABEL_NAME } from '../../prometheus/label-name.js';
import { METRICS_PATH } from '../../prometheus/metrics-path.js';
import { key } from '../../schema/key.js';
import { groupOrFalse } from '../../schema/key-groups.js';
import { definedIn, named } from '../../schema/type-names.js';
import { authorization } from './authorization-keys.js';
import { graphite } from './graphite-keys.js';
import { relabelings } from './relabeling-keys.js';
import { tls } from './tls-keys.js';
import { memo } from '../../memo.js';

const LIMIT = { min: 0, max: 1_000_000_000 };

const scrapeProtocol = memo(() =>
  named(
    'ScrapeProtocol',
    choiceField([
      'PrometheusProto',
      'OpenMetricsText0.0.1',
      'OpenMetricsText1.0.0',
      'PrometheusText0.0.4',
      'PrometheusText1.0.0',
    ]),
    'A text or binary form in which an application serves metrics.',
  ),
);

/** The key `metrics`. */
export const metrics = groupOrFalse({
  type: 'WorkerAppMetrics',
  description: 'How Prometheus scrapes the workers.',
  whenFalse:
    'no metrics ports and no object of the prometheus-operator, for clusters without it, and for applications that something else scrapes. `workers` still sets the number of workers.',
  keys: {
    startPort: key({
      field: () => wholeNumberField(UNPRIVILEGED_PORT),
      description:
        'Metrics port of the first worker, 1024 to 65535. The other workers get the next ports. None of them may be `http.port`.',
      unset: 'http.port + 1',
      default: (_, { http }: { http: { port: number } }) => http.port + 1,
      example: 9001,
    }),
    interval: key({
      field: () => durationField(),
      description:
        'Time between two scrapes, as a Prometheus duration such as `30s`. At most 2m with `dashboard`, or with alerts other than `errorRatio` and `latency`.',
      default: '30s',
      example: '15s',
    }),
    scrapeTimeout: key({
      field: () => durationField(),
      description: 'A scrape that takes longer than this fails. At most `metrics.interval`.',
      unset: "Prometheus' default: 10s, or the interval if that is shorter",
      example: '5s',
    }),
    strategy: key({
      field: () =>
        named(
          'Strategy',
          choiceField(['port-per-worker', 'multiprocess', 'aggregated']),
          'Which process serves the metrics of the workers.',
        ),
      description:
        "`port-per-worker`: each worker serves its own metrics on its own port. `multiprocess`: the workers write their metrics to a directory in memory, and gunicorn's master serves the sums on one port. `aggregated`: the application itself serves the sums of its workers, on `metrics.port`.",
      default: 'port-per-worker',
      example: 'multiprocess',
    }),
    port: key({
      field: () =>
        wholeNumberOrTextField(
          PORT,
          { what: 'http', pattern: /^http$/ },
          'http, or a whole number from 1 to 65535',
        ).meta({ description: '`http` for `http.port`, or another port of the pod.' }),
      description:
        'Port on which the application serves the sums of its workers: `http` for `http.port`, or a number. The number may be one of `ports`, or of a sidecar. Only with `strategy: aggregated`.',
      unset: '`http` with `strategy: aggregated`',
      default: ({ strategy }: { strategy: string }) =>
        strategy === 'aggregated' ? ('http' as const) : undefined,
      example: 9090,
      needs: { metrics: { strategy: 'aggregated' } },
    }),
    exporter: key({
      field: () => choiceField(['app', 'gunicorn']),
      description:
        'Which code serves the metrics of a worker. `app`: the application, for example with django-prometheus. `gunicorn`: our gunicorn config, which retries until the metrics port of the worker is free. The application must then not open a metrics port itself (it reads `METRICS_EXPORTER=gunicorn`).',
      unset: 'app; gunicorn with strategy: multiprocess',
      default: ({ strategy }: { strategy: 'port-per-worker' | 'multiprocess' | 'aggregated' }) =>
        strategy === 'multiprocess' ? ('gunicorn' as const) : ('app' as const),
      example: 'gunicorn',
    }),
    monitor: key({
      field: () =>
        named(
          'MonitorKind',
          choiceField(['ServiceMonitor', 'PodMonitor']),
          "The kind of the operator's object that selects the targets.",
        ),
      description:
        "Kind of the prometheus-operator's object that selects the targets. A ServiceMonitor finds the pods through the Service; a PodMonitor finds them directly.",
      default: 'ServiceMonitor',
      example: 'PodMonitor',
    }),
    endpoints: key({
      field: () =>
        named(
          'EndpointStyle',
          choiceField(['per-port', 'single']),
          'Scrape jobs: one for each worker, or one for all.',
        ),
      description:
        '`per-port`: one scrape job for each worker. `single`: one scrape job for all workers, which costs Prometheus much less with many workers. The targets have the same labels in both.',
      default: 'per-port',
      example: 'single',
    }),
    service: key({
      field: () =>
        named(
          'MetricsService',
          choiceField(['shared', 'headless']),
          'The Service that has the metrics ports.',
        ),
      description:
        'Service with the metrics ports. `shared`: the Service of the application. `headless`: a second Service `<name>-metrics` without a cluster IP, which needs no iptables rules on the nodes.',
      default: 'shared',
      example: 'headless',
    }),
    selectorMechanism: key({
      field: () =>
        named(
          'SelectorMechanism',
          choiceField(['RelabelConfig', 'RoleSelector']),
          'Who selects the Service or pods of a monitor: Prometheus, or the API server.',
        ),
      description:
        'How the Service or pods of the monitor are selected. `RelabelConfig`: Prometheus discovers the whole namespace, and drops the rest by relabeling. `RoleSelector`: the API server selects by labels, with watches for this monitor alone. It needs the CRDs of prometheus-operator 0.85 or later.',
      theirDefault: 'RelabelConfig',
      example: 'RoleSelector',
    }),
    graphite,
    workerLabel: key({
      field: () => booleanField(),
      description: 'Add the label `worker` to each target: the number of its worker.',
      default: false,
      example: true,
    }),
    labels: key({
      field: () => recordField(LABEL_NAME, textField(CONFIG_TEXT)),
      description:
        'Labels to add to every target. Alerts and the dashboard select the application by them. Labels that targets or samples already have are refused.',
      unset: 'none',
      example: { team: 'payments' },
    }),
    podLabels: key({
      field: () => listField(textField(LABEL_KEY)),
      description: 'Pod labels to copy to the targets. Characters that Prometheus does not allow become `_`.',
      unset: 'none',
      example: ['app.kubernetes.io/version'],
    }),
    jobLabel: key({
      field: () => textField(LABEL_KEY),
      description:
        'Label of the Service (with a PodMonitor: of the pod) whose value becomes the label `job` of the targets.',
      unset: '`job` is the name of the application',
      example: 'app.kubernetes.io/instance',
    }),
    relabelings: key({
      field: () => listField(relabelings.item()),
      items: relabelings.keys,
      description:
        'Additional relabeling steps for targets. They run before the scrape, after the generated ones, and change or drop targets.',
      unset: 'none',
      example: [{ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' }],
    }),
    metricRelabelings: key({
      field: () => listField(relabelings.item()),
      items: relabelings.keys,
      description: 'Relabeling steps for samples. They run after the scrape, and change or drop samples.',
      unset: 'none',
      example: [{ action: 'drop', sourceLabels: ['__name__'], regex: 'python_gc_.*' }],
    }),
    sampleLimit: key({
      field: () => wholeNumberField(LIMIT),
      description: 'A scrape with more samples than this fails. 0 means no limit.',
      unset: 'no limit',
      example: 5000,
    }),
    targetLimit: key({
      field: () => wholeNumberField(LIMIT),
      description:
        'If a scrape job has more targets than this, all its scrapes fail. Must allow for the additional pods during a rollout. 0 means no limit.',
      unset: 'no limit',
      example: 1000,
    }),
    keepDroppedTargets: key({
      field: () => wholeNumberField(LIMIT),
      description:
        'Number of dropped targets that Prometheus keeps in memory, to show them in its UI. 0 means no limit.',
      unset: 'no limit',
      example: 10,
    }),
    scrapeProtocols: key({
      field: () => distinctListField(scrapeProtocol()),
      description: 'Formats that Prometheus requests, in order of preference. Exemplars need OpenMetrics.',
      unset: "Prometheus' default",
      example: ['OpenMetricsText1.0.0', 'PrometheusText0.0.4'],
    }),
    path: key({
      field: () => textField(METRICS_PATH),
      description: 'URL path of the metrics. A query is not allowed, because Prometheus escapes its `?`.',
      theirDefault: '/metrics',
      example: '/internal/metrics',
    }),
    scheme: key({
      field: () => choiceField(['http', 'https']),
      description: 'URL scheme of the metrics. `https` only with `exporter: app`.',
      theirDefault: 'http',
      example: 'https',
    }),
    tls,
    authorization,
    extraEndpoints: key({
      field: () => listField(definedIn('src/kubernetes/manifest.ts', 'Manifest', looseObjectField({}))),
      description:
        "More endpoints of the monitor, in the operator's form, such as the exporter of a sidecar. Each is one more scrape job.",
      unset: 'none',
      example: [{ targetPort: 'http', path: '/nginx-metrics' }],
    }),
  },
});
