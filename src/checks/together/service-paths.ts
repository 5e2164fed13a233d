import { endpointOf, type Discovered } from '../cluster/discovery.js';
import type { Service, ServicePort } from '../cluster/service.js';
import type { Wiring } from '../wiring/wiring.js';

/** A path from a port of a Service to a port of a pod. */
export interface ServicePath extends Discovered {
  readonly service: Service;
  readonly servicePort: ServicePort;
}

/** Returns the paths from Services to the pods that they select. @param services default: all in the manifests */
export function servicePaths(
  { cluster }: Pick<Wiring, 'cluster'>,
  services: readonly Service[] = cluster.allServices,
): ServicePath[] {
  return services.flatMap((service) =>
    cluster.podsOf(service).flatMap((workload) =>
      service.ports.flatMap((servicePort) => {
        const target = endpointOf(servicePort, workload);
        return target === undefined ? [] : [{ ...target, service, servicePort }];
      }),
    ),
  );
}
