import { checkApiVersion } from './one-object/api-versions.js';
import type { CheckedObject } from './cluster/checked-object.js';
import { checkAlertmanagerConfig } from './one-object/alertmanager-config.js';
import { checkCronSchedule } from './one-object/cron-schedule.js';
import { checkWorkerEnv } from './together/worker-env.js';
import { checkConfigReferences } from './together/config-references.js';
import { checkDuplicates } from './together/duplicates.js';
import { checkEndpointHttp } from './one-object/endpoint-http.js';
import type { Diagnostic, Place } from '../diagnostics/diagnostic.js';
import { itemsOf } from './contained-objects.js';
import { isMap, type Manifest } from '../kubernetes/manifest.js';
import { expected } from '../diagnostics/expected.js';
import { checkIngress } from './one-object/ingress.js';
import { checkMistypedReferences } from './together/mistyped-references.js';
import { checkMonitorRelabelings } from './one-object/relabelings.js';
import { checkNames } from './one-object/names.js';
import { checkOperatorSchema } from './one-object/operator-schema.js';
import { checkPods } from './one-object/pods.js';
import { checkPolicyPorts } from './one-object/policy-ports.js';
import { checkPodSelectors } from './together/pod-selectors.js';
import { checkPrometheusRule } from './one-object/prometheus-rule.js';
import { checkScaledReplicas } from './together/scaled-replicas.js';
import { checkScrapedOnce } from './together/scraped-once.js';
import { checkScrapeTiming } from './one-object/scrape-timing.js';
import { checkAutoscaler, checkBudget } from './one-object/scale.js';
import { checkSelectors } from './one-object/selectors.js';
import { checkExposedMetrics } from './together/exposed-metrics.js';
import { checkReachablePorts } from './together/reachable-ports.js';
import { checkLoopback } from './together/loopback.js';
import { checkServerSettings } from './together/server-settings.js';
import { checkServicePorts } from './one-object/service-ports.js';
import { checkRoutedServices } from './together/routed-services.js';
import { checkServiceTargets } from './together/service-targets.js';
import { checkIngressPaths } from './together/shared-ingress-paths.js';
import { checkSize } from './one-object/size.js';
import { checkTextFields } from './one-object/text-fields.js';
import { checkUpdateStrategy } from './one-object/update-strategy.js';
import { checkUnscrapedWorkers } from './together/unscraped-workers.js';
import { traceWiring, type Wiring } from './wiring/wiring.js';

type ObjectCheck = (manifest: Manifest, object: CheckedObject) => Diagnostic[];

/** Checks of a single object of any kind. */
const OF_ANY_KIND: readonly ObjectCheck[] = [
  checkApiVersion,
  checkNames,
  checkTextFields,
  checkSize,
  checkSelectors,
  checkPods,
];

const OF_MONITORS = [checkOperatorSchema, checkScrapeTiming, checkEndpointHttp, checkMonitorRelabelings];

/** Checks of a single object of one kind. */
const OF_KIND: ReadonlyMap<unknown, readonly ObjectCheck[]> = new Map<unknown, readonly ObjectCheck[]>([
  ['Service', [checkServicePorts]],
  ['CronJob', [checkCronSchedule]],
  ['Deployment', [checkUpdateStrategy]],
  ['StatefulSet', [checkUpdateStrategy]],
  ['DaemonSet', [checkUpdateStrategy]],
  ['Ingress', [checkIngress]],
  ['NetworkPolicy', [checkPolicyPorts]],
  ['HorizontalPodAutoscaler', [checkAutoscaler]],
  ['PodDisruptionBudget', [checkBudget]],
  ['ServiceMonitor', OF_MONITORS],
  ['PodMonitor', OF_MONITORS],
  ['PrometheusRule', [checkPrometheusRule]],
  ['AlertmanagerConfig', [checkAlertmanagerConfig]],
]);

/**
 * Checks manifests from any source: every metrics port of every worker is scraped exactly once, the application's
 * environment has the same ports, and Kubernetes accepts the objects. The manifests must contain each monitor with its
 * Service and its workload. They may contain Lists, as kubectl prints them.
 */
export function checkManifests(given: readonly unknown[]): Diagnostic[] {
  const wiring = traceWiring(given.filter(isMap).flatMap(itemsOf));
  return [
    ...given.flatMap((document, i) => (isMap(document) ? [] : notAnObject(document, i))),
    ...checkObjects(wiring),
    ...checkTogether(wiring),
  ];
}

/** Returns the place of a field of an object, or of the object itself; undefined if it is not known. */
export type PlaceOf = (manifest: Manifest, field?: string) => Place | undefined;

/**
 * Checks each object of a wiring by itself.
 * @param placeOf adds the places to the diagnostics
 * @param others checks of manifests that this program did not write. A field that is refused is not reported again
 */
export function checkObjects(
  { objects }: Wiring,
  placeOf: PlaceOf = () => undefined,
  others: readonly ObjectCheck[] = [],
): Diagnostic[] {
  return objects.flatMap((object) => {
    const { manifest } = object;
    const checks = [...OF_ANY_KIND, ...(OF_KIND.get(manifest['kind']) ?? [])];
    const diagnostics = checks.flatMap((check) => check(manifest, object));
    for (const check of others) diagnostics.push(...check(manifest, object).filter(isNewIn(diagnostics)));
    return diagnostics.map((diagnostic) => ({ ...diagnostic, ...placeOf(manifest, diagnostic.field) }));
  });
}

/** Returns whether a diagnostic is about a field that none of the others refuses. */
function isNewIn(others: readonly Diagnostic[]): (diagnostic: Diagnostic) => boolean {
  const refused = new Set(others.flatMap(({ rejectedBy, field }) => (rejectedBy ? field : [])));
  return ({ field = '' }) => !refused.has(field);
}

/** Checks how the objects of a wiring fit together. */
export function checkTogether(wiring: Wiring): Diagnostic[] {
  return [
    ...checkDuplicates(wiring.objects),
    ...checkPodSelectors(wiring),
    ...checkScaledReplicas(wiring),
    ...wiring.diagnostics,
    ...checkScrapedOnce(wiring),
    ...checkWorkerEnv(wiring),
    ...checkUnscrapedWorkers(wiring),
    ...checkServerSettings(wiring),
    ...checkLoopback(wiring),
    ...checkReachablePorts(wiring),
    ...checkServiceTargets(wiring),
    ...checkExposedMetrics(wiring),
    ...checkRoutedServices(wiring),
    ...checkIngressPaths(wiring.manifests),
    ...checkConfigReferences(wiring),
    ...checkMistypedReferences(wiring),
  ];
}

function notAnObject(document: unknown, i: number): Diagnostic[] {
  const message = expected('a Kubernetes object', document);
  return [{ severity: 'error', rejectedBy: 'API server', object: `document ${i + 1}`, message }];
}
