import { RE2JS } from 're2js';
import { at, listAt, nameOf, namespaceOf, textAt, type Manifest } from './manifest.js';
import { labelSelector, type LabelSelector } from './label-selector.js';

/** A ServiceMonitor or PodMonitor. */
export interface Monitor {
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  /** `ServiceMonitor app/app-django` */
  readonly object: string;
  /** Where it looks for its targets; in all namespaces when undefined. */
  readonly namespaces: readonly string[] | undefined;
  /** Of Services for a ServiceMonitor, of pods for a PodMonitor. */
  readonly selector: LabelSelector;
  readonly endpoints: readonly MonitorEndpoint[];
}

export interface MonitorEndpoint {
  /** Name of a Service port (ServiceMonitor) or of a container port (PodMonitor). */
  readonly port: string | undefined;
  /** Number of a container port (PodMonitor only). */
  readonly portNumber: unknown;
  /** Name or number of a container port. */
  readonly targetPort: unknown;
  /** Whether relabelling keeps a target with such ports, as far as that is decided by the name of one of them. */
  keeps(containerPort: string | undefined, servicePort: string | undefined): boolean;
  /** `spec.endpoints[0]` */
  readonly field: string;
}

const ENDPOINTS = { ServiceMonitor: 'endpoints', PodMonitor: 'podMetricsEndpoints' } as const;

export function monitorOf(manifest: Manifest): Monitor | undefined {
  const { kind } = manifest;
  if (!isMonitor(kind)) return undefined;
  return {
    kind,
    object: nameOf(manifest),
    namespaces: namespaces(manifest),
    selector: labelSelector(at(manifest, 'spec', 'selector')),
    endpoints: endpointsOf(manifest).map(({ endpoint, field }) => ({
      port: textAt(endpoint, 'port'),
      portNumber: endpoint['portNumber'],
      targetPort: endpoint['targetPort'],
      keeps: keptPorts(endpoint),
      field,
    })),
  };
}

/** The endpoints of a monitor as they are written, each with its place; none of other objects. */
export function endpointsOf(manifest: Manifest): { endpoint: Manifest; field: string }[] {
  const { kind } = manifest;
  if (!isMonitor(kind)) return [];
  const list = ENDPOINTS[kind];
  return listAt(manifest, 'spec', list).map((endpoint, i) => ({ endpoint, field: `spec.${list}[${i}]` }));
}

function isMonitor(kind: unknown): kind is Monitor['kind'] {
  return kind === 'ServiceMonitor' || kind === 'PodMonitor';
}

/** Its own namespace, unless the namespaceSelector says any, or names some. */
function namespaces(manifest: Manifest): readonly string[] | undefined {
  const selector = at(manifest, 'spec', 'namespaceSelector');
  if (at(selector, 'any') === true) return undefined;
  const names = at(selector, 'matchNames');
  return Array.isArray(names) && names.length > 0 ? [...new Set(names.map(String))] : [namespaceOf(manifest)];
}

/** What Prometheus knows a target's ports by. */
const CONTAINER_PORT = '__meta_kubernetes_pod_container_port_name';
const SERVICE_PORT = '__meta_kubernetes_endpoint_port_name';

/** By the keep and drop steps that look at nothing but the name of one port. */
function keptPorts(endpoint: Manifest): MonitorEndpoint['keeps'] {
  const steps = listAt(endpoint, 'relabelings').flatMap((step) => {
    const labels = at(step, 'sourceLabels');
    const action = (textAt(step, 'action') ?? 'replace').toLowerCase();
    const label: unknown = Array.isArray(labels) && labels.length === 1 ? labels[0] : undefined;
    if (label !== CONTAINER_PORT && label !== SERVICE_PORT) return [];
    if (action !== 'keep' && action !== 'drop') return [];
    return [{ label, keeps: action === 'keep', matches: matcher(textAt(step, 'regex') ?? '(.*)') }];
  });
  return (containerPort = '', servicePort = '') =>
    steps.every(
      ({ label, keeps, matches }) =>
        matches(label === CONTAINER_PORT ? containerPort : servicePort) === keeps,
    );
}

/** Prometheus anchors expressions at both ends. One that it would refuse matches nothing; the operator reports it. */
function matcher(regex: string): (text: string) => boolean {
  try {
    const expression = RE2JS.compile(`^(?:${regex})$`);
    return (text) => expression.matches(text);
  } catch {
    return () => false;
  }
}
