import { inspect, inspectName } from '../../diagnostics/expected.js';
import { copiedLabelName } from '../../prometheus/label-name.js';
import { known } from '../../prometheus/partly-known.js';
import type { Relabeling } from '../../prometheus/relabel-config.js';
import type { Labels } from '../../prometheus/simulate-relabeling.js';
import type { Target } from './target-labels.js';

/** A target that relabelling drops. */
export interface DroppedTarget {
  readonly target: Target;
  /** Index of the step that drops it; undefined if the target has no address after the last step. */
  readonly step: number | undefined;
  readonly labels: Labels;
}

/** Explains why an endpoint drops all its targets, and names the field that causes it. */
export function explainDropped(
  dropped: readonly DroppedTarget[],
): { field: string; message: string } | undefined {
  const [first] = dropped;
  if (first === undefined) return undefined;
  const { relabelings, field } = first.target.endpoint;
  const step = Math.max(...dropped.map((one) => one.step ?? -1));
  const relabeling = relabelings[step];
  if (relabeling === undefined)
    return {
      field: `${field}.relabelings`,
      message: 'all targets are dropped: their __address__ is empty after the last step',
    };
  const there = dropped.filter((one) => one.step === step);
  const every = there.length === dropped.length ? 'every target' : 'every target that earlier steps keep';
  const facts = [...new Set(there.flatMap((one) => factsOf(one, relabeling)))];
  if (facts.length === 0) {
    const message = `${inWords(relabeling)} without sourceLabels drops ${every}`;
    return { field: `${field}.relabelings[${step}]`, message };
  }
  const more = facts.length > MOST_FACTS ? ` and ${facts.length - MOST_FACTS} more` : '';
  return {
    field: `${field}.relabelings[${step}]`,
    message: `${inWords(relabeling)} drops ${every}: ${facts.slice(0, MOST_FACTS).join(', ')}${more}`,
  };
}

const MOST_FACTS = 3;

/** `keep side-proxy`, `drop` */
function inWords({ action = 'replace', regex }: Relabeling): string {
  return regex === undefined ? action : `${action} ${inspectName(regex)}`;
}

/** Describes the labels that the step compares: `Deployment shop/web has the container web`. */
function factsOf(
  { target, labels }: DroppedTarget,
  { sourceLabels = [], targetLabel, action }: Relabeling,
): string[] {
  const names =
    action?.endsWith('equal') && targetLabel !== undefined ? [...sourceLabels, targetLabel] : sourceLabels;
  const facts = names.map((name) => fact(name, target, labels));
  return facts.length === 0 ? [] : [facts.join(' and ')];
}

const PORT_NAME = '__meta_kubernetes_pod_container_port_name';
const CONTAINER_NAME = '__meta_kubernetes_pod_container_name';
const COPIED = /^__meta_kubernetes_(pod|service)_(label|annotation)(?:present)?_(.*)$/;

function fact(name: string, target: Target, labels: Labels): string {
  const { workload, service } = target;
  const value = known(labels(name));
  if (value === undefined) return `${name} is not known`;
  const [, object, list, key = ''] = COPIED.exec(name) ?? [];
  if (object !== undefined && value === '') {
    const owner = object === 'pod' ? `${workload.object} has pods with` : `${service?.object ?? 'a pod'} has`;
    return `${owner} no ${list} ${originalName(key)}`;
  }
  if (name === CONTAINER_NAME && value !== '') return `${workload.object} has the container ${value}`;
  if (name === PORT_NAME && value !== '') return `${workload.object} has the port ${value}`;
  return `${name} is ${inspect(value)} of ${workload.object}`;
}

/** Returns the well-known label or annotation behind Prometheus' form of its name; else that form. */
function originalName(key: string): string {
  return KNOWN_KEYS.get(key) ?? key;
}

const KNOWN_KEYS = new Map(
  ['name', 'instance', 'component', 'part-of', 'version', 'managed-by']
    .map((name) => `app.kubernetes.io/${name}`)
    .concat('prometheus.io/scrape', 'prometheus.io/port', 'prometheus.io/path', 'k8s-app')
    .map((key) => [copiedLabelName(key), key]),
);
