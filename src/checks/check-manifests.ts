import { checkAlertmanagerConfig } from './alertmanager-config.js';
import { checkApplicationEnv } from './application-env.js';
import { checkDuplicates } from './duplicates.js';
import { isMap, itemsOf, type Finding } from './manifest.js';
import { expected } from '../problems/expected.js';
import { checkMonitorRelabelings } from './monitor-relabelings.js';
import { checkNames } from './names.js';
import { checkOperatorSchema } from './operator-schema.js';
import { checkPods } from './pods.js';
import { checkPodsChosen } from './pods-chosen.js';
import { checkPrometheusRule } from './prometheus-rule.js';
import { checkScrapedOnce } from './scraped-once.js';
import { checkScrapeTiming } from './scrape-timing.js';
import { checkSelectors } from './selectors.js';
import { checkServicePorts } from './service-ports.js';
import { checkToldWorkers } from './told-workers.js';
import { traceWiring } from './wiring.js';

/** What holds for each object by itself. */
const OBJECT_CHECKS = [
  checkNames,
  checkSelectors,
  checkServicePorts,
  checkPods,
  checkOperatorSchema,
  checkScrapeTiming,
  checkMonitorRelabelings,
  checkPrometheusRule,
  checkAlertmanagerConfig,
];

/**
 * Everything that is wrong in manifests, whoever made them: that every metrics port of every worker is scraped exactly
 * once, that the application is told the same numbers, and that Kubernetes will take the objects.
 *
 * A monitor, its Service and its workload must all be among them. Lists, as kubectl prints them, are opened.
 */
export function checkManifests(given: readonly unknown[]): Finding[] {
  const manifests = given.filter(isMap).flatMap(itemsOf);
  const wiring = traceWiring(manifests);
  return [
    ...given.flatMap((document, i) => (isMap(document) ? [] : notAnObject(document, i))),
    ...manifests.flatMap((manifest) => OBJECT_CHECKS.flatMap((check) => check(manifest))),
    ...checkDuplicates(manifests),
    ...checkPodsChosen(manifests),
    ...wiring.findings,
    ...checkScrapedOnce(wiring),
    ...checkApplicationEnv(wiring),
    ...checkToldWorkers(wiring),
  ];
}

function notAnObject(document: unknown, i: number): Finding[] {
  return [{ object: `document ${i + 1}`, message: expected('a Kubernetes object', document) }];
}
