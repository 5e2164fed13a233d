import { isMap, listAt, mapAt, type Manifest } from '../../kubernetes/manifest.js';
import { DEFAULT_PORT, HTTP, httpPorts } from '../http-port.js';
import { nameOf, ObjectField, type ReleaseObject } from '../release-object.js';
import { hasLabels, selects } from '../selects.js';
import type { Carrying } from './carry.js';
import { templateOf } from './pods-of.js';

type Rename = (port: unknown) => unknown;

/**
 * Returns a function that gives the port of the application its new name, `http`, in an object that stays as it is: in Services and
 * monitors that lead to the web pods, network policies for them, and Ingresses to their Service. If the object selects other
 * pods or Services too, the old name stays beside the new one.
 */
export function withOurPortNames({
  release,
  draft,
}: Carrying): (object: ReleaseObject, manifest: Manifest) => Manifest {
  const { container, servicePort, service, template, others } = release;
  const port = draft.at('http', 'port') ?? DEFAULT_PORT;
  const ofContainer = httpPorts(container, port);
  const inContainer: Rename = (port) => (typeof port === 'string' && ofContainer.has(port) ? HTTP : port);
  const isOurs = service !== undefined && !others.includes(service.object);
  const inService: Rename = (port) =>
    isOurs && port !== undefined && port === servicePort?.map['name'] ? HTTP : port;
  const fields = others.map((other) => new ObjectField(other));
  const otherPods = fields.map(({ object }) => templateOf(object));
  const otherServices = fields.filter(({ map }) => map['kind'] === 'Service');
  return (object, manifest) => {
    const spec = mapAt(manifest, 'spec');
    const wanted = mapAt(
      spec,
      manifest['kind'] === 'NetworkPolicy' ? 'podSelector' : 'selector',
      'matchLabels',
    );
    const areShared = (all: readonly ObjectField[]) =>
      Object.keys(wanted).length === 0 || all.some((one) => hasLabels(one, wanted));
    switch (manifest['kind']) {
      case 'Service': {
        const field = new ObjectField(object);
        if (!selects(field, template) || !field.at('spec', 'selector').isSet) return manifest;
        // A Service has each port once. The number is that of all pods.
        const isShared = otherPods.some((pods) => selects(field, pods));
        const targetPort: Rename = (given) =>
          isShared && inContainer(given) === HTTP ? port : inContainer(given);
        return { ...manifest, spec: inItems(spec, 'ports', { targetPort }) };
      }
      case 'PodMonitor':
        return hasLabels(template, wanted)
          ? {
              ...manifest,
              spec: inItems(spec, 'podMetricsEndpoints', { port: inContainer }, areShared(otherPods)),
            }
          : manifest;
      case 'ServiceMonitor':
        return service !== undefined && hasLabels(service, wanted)
          ? {
              ...manifest,
              spec: inItems(
                spec,
                'endpoints',
                { port: inService, targetPort: inContainer },
                areShared(otherServices),
              ),
            }
          : manifest;
      case 'Ingress':
        return isOurs
          ? { ...manifest, spec: inBackends(spec, nameOf(service), inService) as Manifest }
          : manifest;
      case 'NetworkPolicy':
        return hasLabels(template, wanted)
          ? { ...manifest, spec: { ...spec, ...inRules(spec, inContainer, areShared(otherPods)) } }
          : manifest;
      default:
        return manifest;
    }
  };
}

/** @param isShared whether the items stay beside those with new names */
function inItems(
  spec: Manifest,
  list: string,
  rename: Readonly<Record<string, Rename>>,
  isShared = false,
): Manifest {
  if (!Array.isArray(spec[list])) return spec;
  const renamed = listAt(spec, list).flatMap((item) => {
    if (!isMap(item)) return [item];
    const names = Object.entries(rename).map(([field, newName]) => [field, newName(item[field])] as const);
    const changed = names.filter(([field, value]) => value !== item[field]);
    const ours = { ...item, ...Object.fromEntries(changed) };
    return isShared && changed.length > 0 ? [item, ours] : [ours];
  });
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
function inRules(spec: Manifest, rename: Rename, isShared: boolean): Manifest {
  if (!Array.isArray(spec['ingress'])) return {};
  const rules = listAt(spec, 'ingress').map((rule) =>
    isMap(rule) ? inItems(rule, 'ports', { port: rename }, isShared) : rule,
  );
  return { ingress: rules };
}
