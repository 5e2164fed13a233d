import { isMap, listAt, mapAt, type Manifest } from '../../kubernetes/manifest.js';
import { HTTP, httpPorts } from '../http-port.js';
import { matchesLabels } from '../monitors.js';
import { nameOf, ObjectField, type ReleaseObject } from '../release-object.js';
import { hasLabels, selects } from '../selects.js';
import type { Carrying } from './carry.js';

type Rename = (port: unknown) => unknown;

/**
 * Returns a function that gives the port of the application its new name, `http`, in an object that stays as it is: in Services and
 * monitors that lead to the web pods, network policies for them, and Ingresses to their Service.
 */
export function withOurPortNames({
  release,
  draft,
}: Carrying): (object: ReleaseObject, manifest: Manifest) => Manifest {
  const { container, servicePort, service, template, others } = release;
  const ofContainer = httpPorts(container, draft.at('http', 'port'));
  const inContainer: Rename = (port) => (typeof port === 'string' && ofContainer.has(port) ? HTTP : port);
  const isOurs = service !== undefined && !others.includes(service.object);
  const inService: Rename = (port) =>
    isOurs && port !== undefined && port === servicePort?.map['name'] ? HTTP : port;
  return (object, manifest) => {
    const field = new ObjectField(object);
    const spec = mapAt(manifest, 'spec');
    switch (manifest['kind']) {
      case 'Service':
        return selects(field, template) && field.at('spec', 'selector').isSet
          ? { ...manifest, spec: inItems(spec, 'ports', { targetPort: inContainer }) }
          : manifest;
      case 'PodMonitor':
        return matchesLabels(field, template)
          ? { ...manifest, spec: inItems(spec, 'podMetricsEndpoints', { port: inContainer }) }
          : manifest;
      case 'ServiceMonitor':
        return service !== undefined && matchesLabels(field, service)
          ? { ...manifest, spec: inItems(spec, 'endpoints', { port: inService, targetPort: inContainer }) }
          : manifest;
      case 'Ingress':
        return isOurs
          ? { ...manifest, spec: inBackends(spec, nameOf(service), inService) as Manifest }
          : manifest;
      case 'NetworkPolicy':
        return hasLabels(template, field.at('spec', 'podSelector', 'matchLabels').map)
          ? { ...manifest, spec: { ...spec, ...inRules(spec, inContainer) } }
          : manifest;
      default:
        return manifest;
    }
  };
}

function inItems(spec: Manifest, list: string, rename: Readonly<Record<string, Rename>>): Manifest {
  if (!Array.isArray(spec[list])) return spec;
  const renamed = listAt(spec, list).map((item) =>
    isMap(item)
      ? Object.fromEntries(
          Object.entries(item).map(([field, value]) => [field, rename[field]?.(value) ?? value]),
        )
      : item,
  );
  return { ...spec, [list]: renamed };
}

function inBackends(value: unknown, service: string, rename: Rename): unknown {
  if (Array.isArray(value)) return value.map((item) => inBackends(item, service, rename));
  if (!isMap(value)) return value;
  const { name, port } = value;
  if (name === service && isMap(port) && port['name'] !== undefined)
    return { ...value, port: { ...port, name: rename(port['name']) } };
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, inBackends(inner, service, rename)]),
  );
}

/** The rules for requests to the pods. */
function inRules(spec: Manifest, rename: Rename): Manifest {
  if (!Array.isArray(spec['ingress'])) return {};
  const rules = listAt(spec, 'ingress').map((rule) =>
    isMap(rule) ? inItems(rule, 'ports', { port: rename }) : rule,
  );
  return { ingress: rules };
}
