import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { endpointOf } from './discovery.js';
import { noContainerPort } from './missing-port.js';
import { matches, PORT_NAME } from '../kubernetes/text-formats.js';
import type { Wiring } from './wiring.js';

/** Warns of a Service port whose named target no pod of the Service has: nobody can connect to it. */
export function checkServiceTargets({ cluster, diagnostics }: Wiring): Diagnostic[] {
  const reported = new Set(diagnostics.map(({ object, field }) => `${object} ${field}`));
  return cluster.allServices
    .filter(({ selector, isExternalName }) => !isExternalName && !selector.isEmpty)
    .flatMap((service) => {
      const { object, namespace, selector, ports } = service;
      const named = ports.filter(({ target }) => matches(PORT_NAME, target));
      if (named.length === 0) return [];
      const workloads = cluster.podsFor([namespace], selector);
      if (workloads.length === 0) return [];
      return named.flatMap((port): Diagnostic[] => {
        const field = `${port.field}.targetPort`;
        const isServed = workloads.some((workload) => endpointOf(port, workload) !== undefined);
        if (isServed || reported.has(`${object} ${field}`)) return [];
        return [{ severity: 'warning', object, field, ...noContainerPort(port.target, workloads, port) }];
      });
    });
}
