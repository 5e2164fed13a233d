import { scalarText } from '../diagnostics/scalar-text.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { inspect } from '../diagnostics/expected.js';
import { at, listAt, nameOf, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';
import { servicePaths } from './service-paths.js';
import type { Wiring } from './wiring.js';
import { replacedPort } from './ports.js';

/** A Service port to which an Ingress or HTTPRoute sends requests. */
interface Backend {
  readonly object: string;
  readonly namespace: string;
  readonly service: string | undefined;
  /** Name or number of a port. */
  readonly port: unknown;
  /** `spec.rules[0].http.paths[0].backend` */
  readonly field: string;
}

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

function backendsOf(manifest: Manifest): Backend[] {
  const { apiVersion, kind } = manifest;
  const isIngress = kind === 'Ingress' && apiVersion === 'networking.k8s.io/v1';
  const isRoute =
    kind === 'HTTPRoute' &&
    typeof apiVersion === 'string' &&
    apiVersion.startsWith('gateway.networking.k8s.io/');
  if (!isIngress && !isRoute) return [];
  const start = { object: nameOf(manifest), namespace: namespaceOf(manifest) };
  const rules = listAt(manifest, 'spec', 'rules');
  return rules.flatMap((rule, i) =>
    isIngress
      ? listAt(rule, 'http', 'paths').map((path, j) => ({
          ...start,
          service: textAt(path, 'backend', 'service', 'name'),
          port:
            at(path, 'backend', 'service', 'port', 'name') ??
            at(path, 'backend', 'service', 'port', 'number'),
          field: `spec.rules[${i}].http.paths[${j}].backend`,
        }))
      : listAt(rule, 'backendRefs').flatMap((backend, j) =>
          (backend['kind'] ?? 'Service') === 'Service' && (backend['group'] ?? '') === ''
            ? {
                ...start,
                namespace: textAt(backend, 'namespace') ?? start.namespace,
                service: textAt(backend, 'name'),
                port: backend['port'],
                field: `spec.rules[${i}].backendRefs[${j}]`,
              }
            : [],
        ),
  );
}
