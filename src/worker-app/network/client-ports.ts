import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { inspect } from '../../diagnostics/expected.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { applicationPorts } from '../ports/application-ports.js';

/** A Service of the application's namespace, and one of its ports. */
interface Backend {
  /** @default - the application's Service */
  readonly service?: string | undefined;
  /** A name or a number. @default http */
  readonly port?: string | number | undefined;
}

/**
 * Clients reach no metrics ports: an Ingress or HTTPRoute leads to other ports of the application's Service, or to another
 * Service.
 *
 * @param path the place of the backend
 * @param names the fields of the backend
 */
export function clientPort(
  app: ResolvedWorkerApp,
  { service, port }: Backend,
  path: FieldPath,
  names: { readonly service: string; readonly port: string },
): FieldDiagnostic[] {
  const { name, metrics } = app;
  if (service === `${name}-metrics` && metrics !== false && metrics.service === 'headless')
    return [
      {
        path: [...path, names.service],
        message: `${service} is the Service of the metrics ports, which only Prometheus reads`,
        hint: 'remove it, or name another Service',
      },
    ];
  if (service !== undefined && service !== name) return [];
  const known = applicationPorts(app);
  if (port === undefined || known.some((one) => one.name === port || one.servicePort === port)) return [];
  const ports = known.map((one) => `${one.name} (${one.servicePort})`).join(', ');
  return [
    {
      path: [...path, names.port],
      message: `${inspect(port)} is not a port of the Service for clients (${ports})`,
      hint: 'name one of them, or add it to ports',
    },
  ];
}
