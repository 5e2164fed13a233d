import { scalarText } from '../../diagnostics/scalar-text.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { inspect } from '../../diagnostics/expected.js';
import { backendsOf } from './route-backends.js';
import { servicePaths } from './service-paths.js';
import type { Wiring } from '../wiring/wiring.js';
import { replacedPort } from '../cluster/ports.js';

/** Warns of an Ingress or HTTPRoute that leads to a port that its Service does not have, or to metrics. */
export function checkRoutedServices(wiring: Wiring): Diagnostic[] {
  return wiring.manifests.flatMap(backendsOf).flatMap((backend): Diagnostic[] => {
    const { object, field, port } = backend;
    const service = wiring.cluster.serviceNamed(backend.namespace, backend.service);
    if (service === undefined) return []; // it is elsewhere
    const found = service.ports.find(({ name, number }) => name === port || number === port);
    if (found === undefined) {
      if (service.isExternalName || replacedPort(port, service.ports) !== undefined) return [];
      const known = service.ports.map(({ name, number }) => name ?? scalarText(number)).join(', ');
      const message = `${inspect(port)} is not a port of ${service.object} (${known})`;
      return [{ severity: 'warning', object, field, message, refersTo: service.object }];
    }
    const isMetrics = servicePaths(wiring, [service]).some(
      (path) =>
        path.servicePort.field === found.field &&
        /^metrics(-[0-9]+)?$/.test(path.port.name ?? '') &&
        wiring.scrapes.some(
          (scrape) => scrape.workload === path.workload && scrape.port.number === path.port.number,
        ),
    );
    if (!isMetrics) return [];
    const message = `leads to a metrics port (${found.name ?? scalarText(found.number)} of ${service.object}), and exposes the metrics to clients`;
    const hint = 'remove it, or name another port';
    return [{ severity: 'warning', object, field, message, hint, refersTo: service.object }];
  });
}
