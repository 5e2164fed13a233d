import { isMap, type Manifest } from '../../kubernetes/manifest.js';
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
  /** Our `targetPort`, if the chart's leads to a sidecar. */
  readonly sidecar: string | undefined;
}

const PROBES = new Set<string>(Object.values(PROBE_FIELDS));

/** Returns a function that calls the port of the application `http` in an object of the chart, wherever the chart names it. */
export function withPortNames(
  { container, servicePort }: Release,
  { port, targetPort }: { readonly port?: unknown; readonly targetPort?: unknown },
): (manifest: Manifest) => Manifest {
  const sidecar = typeof targetPort === 'string' ? targetPort : undefined;
  const http: HttpPort = {
    container: String(container.map['name']),
    ofService: namesOf(servicePort?.map['name'], servicePort?.map['port']),
    ofContainer: httpPorts(container, port),
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

function ofDeployment(spec: Manifest, { container: name, ofContainer }: HttpPort): Manifest {
  const renamed = (container: Manifest): Manifest =>
    Object.fromEntries(
      Object.entries(container).map(([field, value]) => {
        if (field === 'ports' && Array.isArray(value))
          return [field, value.map((port: unknown) => withHttpName(port, ofContainer))];
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

function withHttpName(port: unknown, ports: ReadonlySet<unknown>): unknown {
  return isMap(port) && ports.has(port['containerPort']) ? { ...port, name: HTTP } : port;
}

function ofService(spec: Manifest, http: HttpPort): Manifest {
  const ports = Array.isArray(spec['ports']) ? spec['ports'] : [];
  return { ...spec, ports: ports.map((port: unknown) => (isMap(port) ? ofServicePort(port, http) : port)) };
}

function ofServicePort(port: Manifest, { ofService: names, ofContainer, sidecar }: HttpPort): Manifest {
  const { port: number, targetPort = number } = port;
  if (!names.has(number)) return port;
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
