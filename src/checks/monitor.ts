import type { Relabeling } from '../prometheus/relabeling.js';
import { at, listAt, nameOf, namespaceOf, textAt, type Manifest } from './manifest.js';
import { labelSelector, type LabelSelector } from './label-selector.js';
import { relabelingsOf } from './relabelings.js';

/** A ServiceMonitor or PodMonitor. */
export interface Monitor {
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  /** `ServiceMonitor app/app-django` */
  readonly object: string;
  /** Where it looks for its targets; in all namespaces when undefined. */
  readonly namespaces: readonly string[] | undefined;
  /** Of Services for a ServiceMonitor, of pods for a PodMonitor. */
  readonly selector: LabelSelector;
  /** What its targets are discovered by, Endpoints or EndpointSlice, where it says so. */
  readonly discoveryRole: string | undefined;
  readonly endpoints: readonly MonitorEndpoint[];
}

export interface MonitorEndpoint {
  /** Name of a Service port (ServiceMonitor) or of a container port (PodMonitor). */
  readonly port: string | undefined;
  /** Number of a container port (PodMonitor only). */
  readonly portNumber: unknown;
  /** Name or number of a container port. */
  readonly targetPort: unknown;
  /** What its targets go through before they are scraped. */
  readonly relabelings: readonly Relabeling[];
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
    discoveryRole: textAt(manifest, 'spec', 'serviceDiscoveryRole'),
    endpoints: endpointsOf(manifest).map(({ endpoint, field }) => ({
      // The operator takes what is empty for not given.
      port: textAt(endpoint, 'port') || undefined,
      portNumber: endpoint['portNumber'] || undefined,
      targetPort: endpoint['targetPort'] || undefined,
      relabelings: relabelingsOf(endpoint, 'relabelings').filter((step) => step !== undefined),
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
