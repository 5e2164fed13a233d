import { at, isMap } from '../../kubernetes/manifest.js';
import { formatFieldPath } from '../../output/diff/field-changes.js';
import { COMPUTED, HELM_LABEL } from '../carry/carry-labels.js';
import { MONITORING, type Cost } from './cost-of-difference.js';
import type { Difference } from './differences.js';

/** A kind of difference that is there on purpose. */
export interface Reason {
  /**
   * @param field `spec.template.spec.volumes[tmp]`
   * @param application its name
   */
  applies(difference: Difference, field: string, application: string): boolean;
  readonly reason: string;
  /** With another cost, the difference is a loss. @default 'cosmetic' */
  readonly cost?: Cost;
  /** The fix of a loss. */
  readonly hint?: string;
}

const keyIn =
  (map: 'labels' | 'annotations') =>
  (names: RegExp) =>
  ({ path }: Difference) => {
    const name = (path.at(-1) ?? '').replace(/^\["(.*)"\]$/, '$1');
    return path.at(-2) === map && names.test(name);
  };
const label = keyIn('labels');
const annotation = keyIn('annotations');
const isInLabels = ({ path }: Difference) => path.at(-2) === 'labels';
/** Whether it is a label of the pods of a process or job: a Service of the web pods could select them by it. */
const isOfOtherPods = ({ path, name }: Difference, application: string) =>
  path.includes('template') && name !== application;
/** A label of an object by which Prometheus may select it. */
const isOwnLabel = (difference: Difference) =>
  difference.path[0] === 'metadata' &&
  isInLabels(difference) &&
  !isAdded(difference) &&
  !label(COMPUTED)(difference);
/** Fields of a monitor that `metrics` computes. Other fields of the chart's are patches. */
const isComputed = (difference: Difference, field: string) =>
  (isAdded(difference) && !isInterval(difference, field)) ||
  /^spec\.(selector|namespaceSelector)\b/.test(field) ||
  (isRemoved(difference) && /\.(endpoints|podMetricsEndpoints)\[metrics-\d+\]$/.test(field));
/** Whether the chart leaves the time between two scrapes to Prometheus. */
const isInterval = (difference: Difference, field: string) =>
  isAdded(difference) && /^spec\.(endpoints|podMetricsEndpoints)\[[^\]]*\]\.interval$/.test(field);
const isAdded = ({ theirs }: Difference) => theirs === undefined;
const isRemoved = ({ ours }: Difference) => ours === undefined;

/** Why ours differs. The pods run as before with each of these. */
const REASONS: readonly Reason[] = [
  {
    applies: label(HELM_LABEL),
    reason: 'it changes all objects with each version of the chart',
  },
  { applies: label(/^app\.kubernetes\.io\/managed-by$/), reason: 'another program writes the manifests' },
  { applies: label(/^app\.kubernetes\.io\/version$/), reason: 'it is the tag of the image' },
  {
    applies: (difference) =>
      label(/^app\.kubernetes\.io\/(name|instance)$/)(difference) && difference.path[0] === 'metadata',
    reason: 'it is the name of the object; the pods have the labels of the selector',
  },
  {
    applies: (difference) =>
      label(/^app\.kubernetes\.io\/(name|instance)$/)(difference) && isAdded(difference),
    reason: 'each pod has the labels that Kubernetes recommends',
  },
  {
    applies: (difference, _, application) =>
      isInLabels(difference) && isAdded(difference) && !isOfOtherPods(difference, application),
    reason: 'all objects have the labels of the application',
  },
  {
    applies: label(/^app\.kubernetes\.io\/part-of$/),
    reason: 'it is the application of a process or job',
  },
  {
    applies: (difference) =>
      isInLabels(difference) &&
      difference.kind === 'CronJob' &&
      !isAdded(difference) &&
      !isRemoved(difference),
    reason: 'pods of a job have labels of their own, so that no Service of the web pods selects them',
  },
  {
    applies: ({ ours }, field) => field === 'spec.strategy' && at(ours, 'type') === 'Recreate',
    reason: 'two Celery beats never run at the same time; strategy: { type: RollingUpdate } lets them',
  },
  {
    applies: (difference) =>
      annotation(/^(checksum\/|kubectl\.kubernetes\.io\/)/)(difference) && isRemoved(difference),
    reason:
      'it only restarts the pods when a ConfigMap changes; pods here restart with `files` and with a ConfigMap of `objects`',
  },
  {
    applies: (difference) => annotation(/^(meta\.)?helm\.sh\//)(difference) && isRemoved(difference),
    reason: 'Helm no longer owns the object',
  },
  {
    applies: (difference) => annotation(/^cdk8s-worker-metrics\//)(difference) && isAdded(difference),
    reason: 'it tells the checks that no metrics port is missing',
  },
  {
    applies: (difference, field) =>
      isAdded(difference) &&
      /\.(volumes|volumeMounts)(\[\/?tmp\])?$/.test(field) &&
      mentionsOnly(difference.ours, 'tmp'),
    reason: 'an empty folder at /tmp, for the files of gunicorn, uploads and tempfile',
  },
  {
    applies: (_, field) => field.endsWith('template.spec.enableServiceLinks'),
    reason: 'no variables for each Service of the namespace; podSpec: { enableServiceLinks: true } adds them',
  },
  {
    applies: ({ kind }, field) => kind === 'ServiceAccount' && field === 'automountServiceAccountToken',
    reason: 'the pods say whether they get a token',
  },
  {
    applies: (difference, field) =>
      field.endsWith('template.spec.automountServiceAccountToken') && difference.ours === false,
    reason:
      'the account default has no rights of its own; serviceAccount: { name: default, automountToken: true } mounts its token',
  },
  {
    applies: (difference, field) =>
      /\.env\[(WEB_CONCURRENCY|METRICS_START_PORT)\]/.test(field) ||
      (isAdded(difference) && /containers\[[^\]]*\]\.env$/.test(field)),
    reason: 'workers sets it',
  },
  {
    applies: (difference, field) =>
      isAdded(difference) && field === 'spec.template.spec.topologySpreadConstraints',
    reason:
      'several pods are spread over nodes and zones where that is possible; topologySpreadConstraints: [] does not',
  },
  {
    applies: (difference) =>
      isAdded(difference) && difference.kind === 'PodDisruptionBudget' && difference.path.length === 0,
    reason: 'nodes are drained one pod after the other; podDisruptionBudget: false makes none',
  },
  {
    applies: (difference, field) =>
      /\.ports\[metrics-\d+\](\.|$)/.test(field) ||
      (isAdded(difference) && field.endsWith('.ports[metrics]')),
    reason: 'the metrics ports of the workers',
  },
  {
    // A patch for each worker would not fit another number of workers.
    applies: (difference, field) => isInterval(difference, field) && /\[metrics-\d+\]\.interval$/.test(field),
    cost: 'metrics',
    reason:
      "without an interval, the monitor of the chart has that of Prometheus, by the operator's default 30s",
    hint: 'set the interval in the chart, or metrics.interval',
  },
  {
    applies: (difference, field) =>
      MONITORING.test(difference.kind) && !isOwnLabel(difference) && isComputed(difference, field),
    reason: 'metrics makes the monitor',
  },
  {
    applies: (difference) =>
      isAdded(difference) && difference.kind === 'Service' && difference.path.length === 0,
    reason: 'the chart has no Service of this name; each application has one',
  },
  {
    applies: (difference, field) =>
      isAdded(difference) && difference.kind === 'Service' && field === 'spec.ports[http]',
    reason: 'the Service of the chart has no port for requests; that of each application has one',
  },
  {
    applies: (difference, field) =>
      isAdded(difference) && /^spec\.template\.spec\.containers\[[^\]]+\]\.ports(\[[^\]]+\])?$/.test(field),
    reason: 'the ports of the application are declared; they are reachable without that, too',
  },
  {
    applies: ({ kind, ours }, field) =>
      kind === 'PodDisruptionBudget' && field === 'spec.unhealthyPodEvictionPolicy' && ours === 'AlwaysAllow',
    reason: 'pods that are not ready never keep a node from being drained',
  },
  {
    applies: (difference, field) =>
      field.endsWith('template.spec.securityContext.fsGroupChangePolicy') && isAdded(difference),
    reason: 'a volume with many files is mounted fast',
  },
];

function mentionsOnly(value: unknown, name: string): boolean {
  const items = Array.isArray(value) ? value : [value];
  return items.every((item) => isMap(item) && item['name'] === name);
}

/** Why a difference is there; undefined for one that nobody wants. */
export function reasonOf(difference: Difference, application: string): Reason | undefined {
  const field = formatFieldPath(difference.path);
  return REASONS.find(({ applies }) => applies(difference, field, application));
}
