import { scalarText } from '../../diagnostics/scalar-text.js';
import { isMap, mapAt, type Manifest } from '../../kubernetes/manifest.js';
import { PROBE_FIELDS } from '../../worker-app/keys/probes.js';
import { HTTP, httpPorts, lifecycleWithHttpPort, withHttpPort } from '../http-port.js';
import type { Release } from '../release.js';

/** The port of an application in its container, and in the Service. */
interface HttpPort {
  readonly container: string;
  /** Name or number by which the chart knows it, of the Service. */
  readonly ofService: ReadonlySet<unknown>;
  /** Name or number by which the chart knows it, of the container. */
  readonly ofContainer: ReadonlySet<unknown>;
  /** Names of the other ports of the container, by their numbers. */
  readonly names: ReadonlyMap<unknown, unknown>;
  /** Our `targetPort`, if the chart's leads to a sidecar. */
  readonly sidecar: string | undefined;
}

const PROBES = new Set<string>(Object.values(PROBE_FIELDS));

/**
 * Returns a function that gives ports our names in an object of the chart: the port of the application is `http`, wherever the
 * chart names it.
 */
export function withPortNames(
  { container, servicePort }: Release,
  values: Manifest,
): (manifest: Manifest) => Manifest {
  const { port, targetPort } = mapAt(values, 'http');
  const ports = mapAt(values, 'ports');
  const sidecar = typeof targetPort === 'string' ? targetPort : undefined;
  const http: HttpPort = {
    container: scalarText(container.map['name']),
    ofService: namesOf(servicePort?.map['name'], servicePort?.map['port']),
    ofContainer: httpPorts(container, port),
    names: new Map(
      Object.entries(ports).map(([name, given]) => [isMap(given) ? given['port'] : given, name]),
    ),
    sidecar,
  };
  return (manifest) => {
    const spec = manifest['spec'];
    if (!isMap(spec)) return manifest;
    if (manifest['kind'] === 'Deployment') return { ...manifest, spec: ofDeployment(spec, http) };
    if (manifest['kind'] === 'Service') return { ...manifest, spec: ofService(spec, http) };
    return manifest['kind'] === 'Ingress'
      ? { ...manifest, spec: ofIngress(spec, http) as Manifest }
      : manifest;
  };
}

function namesOf(...names: readonly unknown[]): ReadonlySet<unknown> {
  return new Set(names.filter((name) => name !== undefined));
}

function ofDeployment(spec: Manifest, http: HttpPort): Manifest {
  const { container: name, ofContainer } = http;
  const renamed = (container: Manifest): Manifest =>
    Object.fromEntries(
      Object.entries(container).map(([field, value]) => {
        if (field === 'ports' && Array.isArray(value))
          return [field, value.map((port: unknown) => withName(port, http))];
        if (field === 'lifecycle') return [field, lifecycleWithHttpPort(value, ofContainer)];
        return [field, PROBES.has(field) && isMap(value) ? withHttpPort(value, ofContainer) : value];
      }),
    );
  const template = isMap(spec['template']) ? spec['template'] : {};
  const pod = isMap(template['spec']) ? template['spec'] : {};
  const containers = Array.isArray(pod['containers']) ? pod['containers'] : [];
  const all = containers.map((one: unknown) => (isMap(one) && one['name'] === name ? renamed(one) : one));
  return { ...spec, template: { ...template, spec: { ...pod, containers: all } } };
}

function withName(port: unknown, { ofContainer, names }: HttpPort): unknown {
  if (!isMap(port)) return port;
  if (ofContainer.has(port['containerPort'])) return { ...port, name: HTTP };
  const name = port['name'] ?? names.get(port['containerPort']);
  return name === undefined ? port : { ...port, name };
}

function ofService(spec: Manifest, http: HttpPort): Manifest {
  const ports = Array.isArray(spec['ports']) ? spec['ports'] : [];
  return { ...spec, ports: ports.map((port: unknown) => (isMap(port) ? ofServicePort(port, http) : port)) };
}

function ofServicePort(port: Manifest, { ofService, ofContainer, sidecar, names }: HttpPort): Manifest {
  const { port: number, targetPort = number } = port;
  // A number means the same as the name of the container port with this number.
  if (!ofService.has(number)) return { ...port, targetPort: names.get(targetPort) ?? targetPort };
  return { ...port, name: HTTP, targetPort: sidecar ?? (ofContainer.has(targetPort) ? HTTP : targetPort) };
}

function ofIngress(value: unknown, http: HttpPort): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => ofIngress(item, http));
  if (!isMap(value)) return value;
  const { port } = value;
  if (isMap(port) && http.ofService.has(port['number'] ?? port['name']))
    return { ...value, port: { name: HTTP } };
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, ofIngress(inner, http)]));
}
