import { type Chart, numberOf } from './chart.js';
import type { HelmPath } from './helm-values.js';
import type { RenderedObject } from './rendered-object.js';

const UTILIZATION = {
  cpu: ['targetCPUUtilizationPercentage', 'targetCPU'],
  memory: ['targetMemoryUtilizationPercentage', 'targetMemory'],
};

export function isAutoscaled({ helm }: Chart): boolean {
  return helm.isSwitchedOn(['autoscaling']);
}

/** The HorizontalPodAutoscaler, if it is enabled. */
export function renderAutoscaler(chart: Chart): RenderedObject[] {
  if (!isAutoscaled(chart)) return [];
  const at = (key: string): HelmPath => ['autoscaling', key];
  chart.helm.takeSwitches(['autoscaling']);
  const autoscaler = chart
    .object('autoscaling/v2', 'HorizontalPodAutoscaler')
    .set(['spec', 'scaleTargetRef'], { apiVersion: 'apps/v1', kind: 'Deployment', name: chart.name });
  for (const field of ['minReplicas', 'maxReplicas'])
    chart.fill(autoscaler, ['spec', field], [at(field)], numberOf);
  chart.fill(autoscaler, ['spec', 'behavior'], [at('behavior')]);
  let i = 0;
  for (const [name, keys] of Object.entries(UTILIZATION)) {
    const from = keys.map(at).find((path) => chart.helm.valueAt(path) !== undefined);
    if (from === undefined) continue;
    const metric = (averageUtilization: unknown) => ({
      type: 'Resource',
      resource: { name, target: { type: 'Utilization', averageUtilization: numberOf(averageUtilization) } },
    });
    chart.fill(autoscaler, ['spec', 'metrics', i++], [from], metric);
  }
  return [autoscaler];
}

const BUDGETS = ['podDisruptionBudget', 'pdb'];

/** The PodDisruptionBudget, if it is enabled. `helm create` has none. */
export function renderDisruptionBudget(chart: Chart): RenderedObject[] {
  const key = BUDGETS.find((name) => Object.keys(chart.map([name])).length > 0);
  if (key === undefined || chart.helm.isSwitchedOff([key])) return [];
  chart.helm.takeSwitches([key]);
  const budget = chart
    .object('policy/v1', 'PodDisruptionBudget')
    .set(['spec', 'selector', 'matchLabels'], chart.selector);
  for (const field of ['minAvailable', 'maxUnavailable', 'unhealthyPodEvictionPolicy'])
    chart.fill(budget, ['spec', field], [[key, field]], numberOf);
  return [budget];
}
