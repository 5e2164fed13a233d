import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { noContainerPort } from '../wiring/missing-port.js';
import { matches, PORT_NAME } from '../../kubernetes/text-formats.js';
import { replacedPort } from '../cluster/ports.js';
import type { Wiring } from '../wiring/wiring.js';
import { portsOf } from '../cluster/workload.js';

/** Warns of a Service port whose named target no pod of the Service has: nobody can connect to it. */
export function checkServiceTargets({ cluster, diagnostics }: Wiring): Diagnostic[] {
  const reported = new Set(diagnostics.map(({ object, field }) => `${object} ${field}`));
  return cluster.allServices.flatMap((service) => {
    const { object, ports } = service;
    const workloads = cluster.podsOf(service);
    if (workloads.length === 0) return [];
    return ports.flatMap((port): Diagnostic[] => {
      const field = `${port.field}.targetPort`;
      const isServed = cluster.targetsOf(service, port).length > 0;
      if (isServed || !matches(PORT_NAME, port.target) || reported.has(`${object} ${field}`)) return [];
      if (replacedPort(port.target, workloads.flatMap(portsOf)) !== undefined) return [];
      return [{ severity: 'warning', object, field, ...noContainerPort(port.target, workloads, port) }];
    });
  });
}
