import { scalarText } from '../../diagnostics/scalar-text.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { servicePaths, type ServicePath } from './service-paths.js';
import type { Wiring } from '../wiring/wiring.js';
import type { Workload } from '../cluster/workload.js';

/** Warns of ports that serve only metrics in Services that clients outside the cluster can reach. */
export function checkExposedMetrics(wiring: Wiring): Diagnostic[] {
  const services = wiring.cluster.allServices.filter(({ exposedAs }) => exposedAs !== undefined);
  if (services.length === 0) return [];
  const scraped = new Map<Workload, Set<unknown>>();
  for (const { workload, port } of [...wiring.scrapes, ...wiring.undecided])
    scraped.set(workload, (scraped.get(workload) ?? new Set()).add(port.number));
  const paths = servicePaths(wiring, services);
  const forClients = new Set(paths.filter((path) => !isNamedMetrics(path)).map(keyOf));
  const found = new Map<string, Diagnostic>();
  for (const path of paths) {
    const { service, servicePort, workload, port } = path;
    if (
      !isNamedMetrics(path) ||
      scraped.get(workload)?.has(port.number) !== true ||
      forClients.has(keyOf(path))
    )
      continue;
    const field = servicePort.field;
    const name = servicePort.name ?? scalarText(servicePort.number);
    const message = `${name} serves metrics, and a Service of type ${scalarText(service.exposedAs)} exposes them to clients outside the cluster`;
    const hint = 'move the port to a Service of type ClusterIP that the monitor selects';
    const { object } = service;
    found.set(`${object} ${field}`, { severity: 'warning', object, field, message, hint });
  }
  return [...found.values()];
}

/** Whether the port's name says that it serves only metrics. */
function isNamedMetrics({ servicePort, port }: ServicePath): boolean {
  return [servicePort.name, port.name].some((name) => /(?:^|-)metrics(?:-|$)/.test(name ?? ''));
}

function keyOf({ workload, port }: ServicePath): string {
  return `${workload.object} ${workload.podField} ${scalarText(port.number)}`;
}
