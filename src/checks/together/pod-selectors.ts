import { autoscaled } from './autoscaled.js';
import { blockingBudget } from './blocking-budget.js';
import type { CheckedObject } from '../cluster/checked-object.js';
import { LabelIndex } from '../cluster/label-index.js';
import { labelSelector } from '../cluster/label-selector.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { at, nameOf, namespaceOf, textAt, textsAt, type Manifest } from '../../kubernetes/manifest.js';
import { isReplacedLater } from '../../kubernetes/replaced-later.js';
import type { Service } from '../cluster/service.js';
import type { Wiring } from '../wiring/wiring.js';

/** The pods of one workload. */
interface Pods {
  readonly object: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Number of pods, with an autoscaler the fewest; undefined if the manifests don't contain it (a DaemonSet). */
  readonly count: number | undefined;
}

/** Checks PodDisruptionBudgets, NetworkPolicies and StatefulSets against the pods and Services in the manifests. */
export function checkPodSelectors({ manifests, objects, cluster: all }: Wiring): Diagnostic[] {
  const choosing = manifests.filter(({ kind }) => typeof kind === 'string' && Object.hasOwn(CHECKS, kind));
  if (choosing.length === 0) return [];
  const scaled = autoscaled(manifests);
  const cluster = {
    serviceNamed: all.serviceNamed.bind(all),
    pods: new LabelIndex(
      objects.flatMap((object) => podsOf(object, scaled)),
      ({ namespace }) => namespace,
      ({ labels }) => labels,
    ),
  };
  return choosing.flatMap((manifest) => CHECKS[manifest['kind'] as keyof typeof CHECKS](manifest, cluster));
}

interface Cluster {
  readonly serviceNamed: (namespace: string, name: string) => Service | undefined;
  readonly pods: LabelIndex<Pods>;
}

const CHECKS = {
  PodDisruptionBudget: checkBudget,
  NetworkPolicy: checkNetworkPolicy,
  StatefulSet: checkStatefulSet,
} as const;

function podsOf({ manifest, workloads }: CheckedObject, scaled: ReturnType<typeof autoscaled>): Pods[] {
  const object = nameOf(manifest);
  const namespace = namespaceOf(manifest);
  const scaling = scaled.get(object);
  const count = scaling === undefined ? countOf(manifest) : scaling.fewest;
  return workloads.map(({ podLabels }) => ({
    object,
    namespace,
    count: workloads.length === 1 ? count : undefined,
    labels: podLabels,
  }));
}

/** Kinds whose default is one pod. */
const ONE_POD = new Set<unknown>(['Pod', 'Alertmanager']);

function countOf(manifest: Manifest): number | undefined {
  if (at(manifest, 'spec', 'shards') !== undefined) return undefined;
  const replicas = at(manifest, 'spec', 'replicas');
  if (typeof replicas === 'number') return replicas;
  return ONE_POD.has(manifest['kind']) ? 1 : undefined;
}

function checkBudget(manifest: Manifest, { pods }: Cluster): Diagnostic[] {
  const chosen = choose(manifest, 'selector', pods);
  if (chosen.length === 0) return nothingChosen(manifest, 'selector', pods);
  const counts = chosen.flatMap((pods) => pods.count ?? []);
  const isKnown = counts.length === chosen.length;
  const found = blockingBudget(manifest, isKnown ? counts.reduce((sum, one) => sum + one, 0) : undefined);
  return found === undefined ? [] : [unwise(manifest, found.field, found.message, found.hint)];
}

function checkNetworkPolicy(manifest: Manifest, { pods }: Cluster): Diagnostic[] {
  const isSome = choose(manifest, 'podSelector', pods).length > 0;
  return isSome ? [] : nothingChosen(manifest, 'podSelector', pods);
}

function choose(manifest: Manifest, field: string, pods: LabelIndex<Pods>): Pods[] {
  return pods.select([namespaceOf(manifest)], labelSelector(at(manifest, 'spec', field)));
}

/**
 * Reports a selector that matches no pods. Its pods may be missing from these manifests (an operator creates them).
 * Therefore it is reported only if the object has the name of a workload here, whose pods have the selector's label keys.
 */
function nothingChosen(manifest: Manifest, field: string, pods: LabelIndex<Pods>): Diagnostic[] {
  const given = at(manifest, 'spec', field);
  const selector = labelSelector(given);
  const keys = Object.keys(textsAt(given, 'matchLabels'));
  const isMeant = ({ object, labels }: Pods) =>
    object.endsWith(` ${namespaceOf(manifest)}/${textAt(manifest, 'metadata', 'name') ?? ''}`) &&
    keys.every((key) => Object.hasOwn(labels, key));
  if (pods.selectOpen([namespaceOf(manifest)], selector).length > 0) return [];
  if (selector.isEmpty || !pods.select([namespaceOf(manifest)], EVERYTHING).some(isMeant)) return [];
  const message = `no pods in namespace ${namespaceOf(manifest)} with the labels ${selector}`;
  return [unwise(manifest, `spec.${field}`, message)];
}

const EVERYTHING = labelSelector({});

/** Returns a warning: Kubernetes accepts the object. */
function unwise(manifest: Manifest, field: string, message: string, hint?: string): Diagnostic {
  const object = nameOf(manifest);
  return { severity: 'warning', object, field, message, ...(hint !== undefined && { hint }) };
}

/** Checks the Service that gives each pod of a StatefulSet its DNS name. */
function checkStatefulSet(manifest: Manifest, { serviceNamed }: Cluster): Diagnostic[] {
  const name = textAt(manifest, 'spec', 'serviceName');
  const report = (message: string, hint?: string) => [unwise(manifest, 'spec.serviceName', message, hint)];
  // Without a Service the StatefulSet runs, but its pods have no DNS names.
  if (name === undefined || name === '' || isReplacedLater(name)) return [];
  const service = serviceNamed(namespaceOf(manifest), name);
  if (service === undefined) return report(`there is no Service ${namespaceOf(manifest)}/${name}`);
  if (!service.isHeadless)
    return report(
      `${service.object} is not headless, therefore the pods have no DNS names`,
      'set its clusterIP to None',
    );
  const labels = textsAt(manifest, 'spec', 'template', 'metadata', 'labels');
  return service.selector.matches(labels) ? [] : report(`${service.object} does not select the pods`);
}
