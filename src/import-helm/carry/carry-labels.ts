import { textsAt } from '../../kubernetes/manifest.js';
import { nameOf } from '../release-object.js';
import type { Release } from '../release.js';
import type { Carrying } from './carry.js';

/** Labels and annotations that Helm and charts put on every object, and that change with each version of the chart. */
export const HELM_LABEL = /^(helm\.sh\/.*|meta\.helm\.sh\/.*|chart|heritage)$/;
export const COMPUTED = /^app\.kubernetes\.io\//;
const POD_COMPUTED = /^app\.kubernetes\.io\/(name|instance|version|managed-by)$/;
/** Annotations that change the pods to make them restart. */
const RESTART = /^(checksum\/|kubectl\.kubernetes\.io\/)/;

/** Labels of all objects. */
export function carryLabels({ release, draft }: Carrying): void {
  const { deployment, service, monitor } = release;
  const everywhere = textsAt(deployment.value, 'metadata', 'labels');
  const ofService = textsAt(service?.value, 'metadata', 'labels');
  for (const [name, value] of Object.entries(everywhere))
    if (
      !HELM_LABEL.test(name) &&
      !COMPUTED.test(name) &&
      (service === undefined || ofService[name] === value)
    )
      draft.put(['labels', name], value, deployment.at('metadata', 'labels', name));
  if (monitor === undefined) return;
  // Prometheus selects the monitor by them.
  const isPatched = monitor.map['kind'] === 'ServiceMonitor' && nameOf(monitor) === nameOf(deployment);
  const others = isPatched ? besideMonitor(release) : [];
  for (const [name, value] of Object.entries(textsAt(monitor.value, 'metadata', 'labels')))
    if (
      !HELM_LABEL.test(name) &&
      !COMPUTED.test(name) &&
      others.every((labels) => (labels[name] ?? value) === value) // otherwise a patch of the monitor is the shortest
    )
      draft.copy(['labels', name], monitor.at('metadata', 'labels', name));
}

/** The labels of the pods, and of the objects beside the monitor. */
function besideMonitor(release: Release): readonly Readonly<Record<string, string>>[] {
  const { deployment, template, service, account, ingress, httpRoute, autoscaler, budget } = release;
  return [deployment, template, service, account, ingress, httpRoute, autoscaler, budget].map((object) =>
    textsAt(object?.value, 'metadata', 'labels'),
  );
}

/** Labels and annotations of the pods. */
export function carryPodLabels({ release: { deployment, template }, draft }: Carrying): void {
  const selector = deployment.at('spec', 'selector', 'matchLabels').map;
  for (const [name, value] of Object.entries(template.at('metadata', 'labels').map))
    if (
      !HELM_LABEL.test(name) &&
      !POD_COMPUTED.test(name) &&
      !Object.hasOwn(selector, name) &&
      draft.at('labels', name) !== value
    )
      draft.put(['podLabels', name], value, template.at('metadata', 'labels', name));
  for (const name of Object.keys(template.at('metadata', 'annotations').map))
    if (!RESTART.test(name))
      draft.copy(['podAnnotations', name], template.at('metadata', 'annotations', name));
}
