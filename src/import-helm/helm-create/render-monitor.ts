import { isMap } from '../../kubernetes/manifest.js';
import type { Chart } from './chart.js';
import { CONFIG, START_PORT } from './render-env.js';
import type { HelmPath, HelmValues } from './helm-values.js';
import type { RenderedObject } from './rendered-object.js';

const MONITORS: readonly HelmPath[] = [['serviceMonitor'], ['metrics', 'serviceMonitor']];

/** The ServiceMonitor, unless the chart switches it off or has none. */
export function renderMonitor(chart: Chart): RenderedObject[] {
  const { helm } = chart;
  if (monitorOff(helm) !== undefined || !hasMonitor(helm)) return [];
  const endpoint = (field: string) => ['spec', 'endpoints', 0, field];
  const monitor = chart
    .object('monitoring.coreos.com/v1', 'ServiceMonitor')
    .set(endpoint('port'), 'metrics-1');
  for (const part of monitorsOf(helm)) {
    for (const field of ['interval', 'scrapeTimeout']) {
      if (new Set(Object.keys(monitorEndpoint(monitor))).has(field)) continue;
      chart.fill(monitor, endpoint(field), [[...part, field]]);
    }
    for (const labels of ['labels', 'additionalLabels'])
      if (isOwn(helm.peek([...part, labels])))
        chart.fill(monitor, ['metadata', 'labels'], [[...part, labels]]);
    helm.takeSwitches(part);
  }
  return [monitor];
}

function monitorEndpoint(monitor: RenderedObject): object {
  const { endpoints } = monitor.manifest['spec'] as { readonly endpoints: readonly object[] };
  return endpoints[0] ?? {};
}

/** Computed labels cannot be set. */
function isOwn(labels: unknown): boolean {
  return isMap(labels) && !Object.keys(labels).some((name) => name.startsWith('app.kubernetes.io/'));
}

/** Charts with metrics ports in loops have the number of workers in their values. */
function hasMonitor(helm: HelmValues): boolean {
  return [START_PORT, [...CONFIG, 'WEB_CONCURRENCY'], ...MONITORS].some(
    (path) => helm.valueAt(path) !== undefined,
  );
}

/** Paths of the chart's monitors, without disabled ones if there are several. */
function monitorsOf(helm: HelmValues): readonly HelmPath[] {
  const there = MONITORS.filter((monitor) => isMap(helm.peek(monitor)));
  const switchedOn = there.filter((monitor) => !helm.isSwitchedOff(monitor));
  return switchedOn.length > 0 ? switchedOn : there;
}

/** Where the chart switches its only monitor, or its metrics, off. Undefined if it makes a monitor or does not say. */
export function monitorOff(helm: HelmValues): HelmPath | undefined {
  const there = MONITORS.filter((monitor) => isMap(helm.peek(monitor)));
  const parts: readonly HelmPath[] = there.length > 0 ? there : [['metrics']];
  if (!parts.every((part) => helm.isSwitchedOff(part))) return undefined;
  const [first = []] = parts;
  return helm.switchOf(first);
}
