import { isMap } from '../kubernetes/manifest.js';
import type { ObjectField } from './release-object.js';

/** Name of the application's port in the manifests of a WorkerApp. */
export const HTTP = 'http';

/** `http.port` if the values do not give it. */
export const DEFAULT_PORT = 8000;

/** Number of the application's port in its container, and the name that the chart gives it. */
export function httpPorts(container: ObjectField, port: unknown = DEFAULT_PORT): ReadonlySet<unknown> {
  const declared = container.at('ports').items.find(({ map }) => map['containerPort'] === port);
  return new Set([port, declared?.map['name']].filter((name) => name !== undefined));
}

/** Handlers whose port may be a name. That of `grpc` is a number. */
const HANDLERS = new Set(['httpGet', 'tcpSocket']);

/** A probe, or a hook of `lifecycle`, that names the application's port `http`. @param ports its other names */
export function withHttpPort(
  fields: Readonly<Record<string, unknown>>,
  ports: ReadonlySet<unknown>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      HANDLERS.has(field) && isMap(value) && ports.has(value['port']) ? { ...value, port: HTTP } : value,
    ]),
  );
}

/** The hooks of `lifecycle`. A number stays: it needs no name. */
export function lifecycleWithHttpPort(lifecycle: unknown, ports: ReadonlySet<unknown>): unknown {
  if (!isMap(lifecycle)) return lifecycle;
  const names = new Set([...ports].filter((port) => typeof port === 'string'));
  return Object.fromEntries(
    Object.entries(lifecycle).map(([event, hook]) => [event, isMap(hook) ? withHttpPort(hook, names) : hook]),
  );
}
