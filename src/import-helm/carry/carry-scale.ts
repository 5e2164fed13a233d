import { mapAt, textsAt } from '../../kubernetes/manifest.js';
import type { ObjectField, ReleaseObject } from '../release-object.js';
import { hasLabels } from '../selects.js';
import type { Carrying } from './carry.js';

/** The autoscaler and the disruption budget. */
export function carryScale({
  release: { autoscaler, budget, deployment, template, others },
  draft,
}: Carrying): void {
  if (autoscaler !== undefined) {
    const spec = autoscaler.at('spec');
    for (const field of ['minReplicas', 'maxReplicas']) draft.copy(['autoscaling', field], spec.at(field));
    const more: unknown[] = [];
    for (const metric of spec.at('metrics').items) {
      const { name, target } = utilization(metric);
      if (name === 'cpu' || name === 'memory') draft.put(['autoscaling', name], target?.value, target);
      else more.push(metric.value);
    }
    if (more.length > 0) draft.put(['autoscaling', 'metrics'], more, spec.at('metrics'));
    draft.copy(['autoscaling', 'behavior'], spec.at('behavior'));
  } else if (others.some(({ manifest }) => isScalerOf(manifest, deployment.at('metadata', 'name').value)))
    draft.put(['replicas'], null);
  if (budget === undefined && others.some((other) => isBudgetOf(other, template)))
    draft.put(['podDisruptionBudget'], false);
  if (budget !== undefined)
    for (const field of ['minAvailable', 'maxUnavailable', 'unhealthyPodEvictionPolicy'])
      draft.copy(['podDisruptionBudget', field], budget.at('spec', field));
}

/** The percentage of a metric of the containers' requests. */
function utilization(metric: ObjectField): { readonly name?: unknown; readonly target?: ObjectField } {
  const target = metric.at('resource', 'target', 'averageUtilization');
  return metric.map['type'] === 'Resource' && target.isSet
    ? { name: metric.at('resource', 'name').value, target }
    : {};
}

/** Whether a disruption budget of another name counts the pods. With two, no pod could be evicted. */
function isBudgetOf({ manifest }: ReleaseObject, template: ObjectField): boolean {
  const selector = textsAt(manifest, 'spec', 'selector', 'matchLabels');
  return (
    manifest['kind'] === 'PodDisruptionBudget' &&
    Object.keys(selector).length > 0 &&
    hasLabels(template, selector)
  );
}

/** Whether an autoscaler of another name, or KEDA, scales the Deployment. */
function isScalerOf(manifest: object, name: unknown): boolean {
  const { kind } = manifest as { readonly kind?: unknown };
  return (
    (kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject') &&
    mapAt(manifest, 'spec', 'scaleTargetRef')['name'] === name
  );
}
