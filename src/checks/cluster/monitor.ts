import { scalarText } from '../../diagnostics/scalar-text.js';
import type { Relabeling } from '../../prometheus/relabel-config.js';
import {
  at,
  listAt,
  mapAt,
  nameOf,
  namespaceOf,
  textAt,
  textListAt,
  textsAt,
  type Manifest,
} from '../../kubernetes/manifest.js';
import { labelSelector, type LabelSelector } from './label-selector.js';
import { relabelingsOf } from './relabelings.js';

/** A ServiceMonitor or PodMonitor. */
export interface Monitor {
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  /** `ServiceMonitor app/app-django` */
  readonly object: string;
  readonly namespace: string;
  /** A Prometheus selects the monitor by these labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** The namespaces of its targets; undefined for all. */
  readonly namespaces: readonly string[] | undefined;
  /** Selects Services (ServiceMonitor) or pods (PodMonitor). */
  readonly selector: LabelSelector;
  /** `Endpoints` or `EndpointSlice`; undefined if the monitor does not set it. */
  readonly discoveryRole: string | undefined;
  /** Labels of the Service that every target gets. */
  readonly targetLabels: readonly string[];
  /** Labels of the pods that every target gets. */
  readonly podTargetLabels: readonly string[];
  /** The label of the Service or the pods whose value is the label `job`. */
  readonly jobLabel: string | undefined;
  /** The objects whose metadata its targets get beside those of Service and pod: `node`, `namespace`. */
  readonly attachedMetadata: ReadonlySet<string>;
  readonly endpoints: readonly MonitorEndpoint[];
}

export interface MonitorEndpoint {
  /** Name of a Service port (ServiceMonitor) or of a container port (PodMonitor). */
  readonly port: string | undefined;
  /** Number of a container port (PodMonitor only). */
  readonly portNumber: unknown;
  /** Name or number of a container port. */
  readonly targetPort: unknown;
  /** Steps that change or drop targets before they are scraped. */
  readonly relabelings: readonly Relabeling[];
  /** HTTP path of the scrape. @default /metrics */
  readonly path: string;
  /** Query parameters of the scrape. */
  readonly params: Readonly<Record<string, readonly string[]>>;
  /** The `metricRelabelings` that keep or drop samples, as JSON; empty if there are none. */
  readonly sampleFilter: string;
  /** `spec.endpoints[0]` */
  readonly field: string;
  readonly manifest: Manifest;
}

const ENDPOINTS = { ServiceMonitor: 'endpoints', PodMonitor: 'podMetricsEndpoints' } as const;

/** The fields that contain the endpoints of a monitor. */
export const ENDPOINT_LISTS = Object.values(ENDPOINTS);

/** Returns the field that contains the endpoints of a monitor; undefined for other objects. */
export function endpointsField({ kind }: Manifest): (typeof ENDPOINT_LISTS)[number] | undefined {
  return isMonitor(kind) ? ENDPOINTS[kind] : undefined;
}

export function monitorOf(manifest: Manifest): Monitor | undefined {
  const { kind } = manifest;
  if (!isMonitor(kind)) return undefined;
  return {
    kind,
    object: nameOf(manifest),
    namespace: namespaceOf(manifest),
    labels: textsAt(manifest, 'metadata', 'labels'),
    namespaces: namespaces(manifest),
    selector: labelSelector(at(manifest, 'spec', 'selector')),
    discoveryRole: textAt(manifest, 'spec', 'serviceDiscoveryRole'),
    targetLabels: textListAt(manifest, 'spec', 'targetLabels'),
    podTargetLabels: textListAt(manifest, 'spec', 'podTargetLabels'),
    jobLabel: textAt(manifest, 'spec', 'jobLabel') || undefined,
    attachedMetadata: new Set(
      Object.entries(mapAt(manifest, 'spec', 'attachMetadata'))
        .filter(([, isAttached]) => isAttached === true)
        .map(([name]) => name),
    ),
    endpoints: endpointsOf(manifest).map(({ endpoint, field }) => ({
      // To the operator, an empty value is a missing value.
      port: textAt(endpoint, 'port') || undefined,
      portNumber: endpoint['portNumber'] || undefined,
      targetPort: endpoint['targetPort'] || undefined,
      relabelings: relabelingsOf(endpoint, 'relabelings').filter((step) => step !== undefined),
      path: textAt(endpoint, 'path') || '/metrics',
      params: Object.fromEntries(
        Object.keys(mapAt(endpoint, 'params')).map((name) => [name, textListAt(endpoint, 'params', name)]),
      ),
      sampleFilter: sampleFilter(endpoint),
      field,
      manifest: endpoint,
    })),
  };
}

/** Returns the endpoints of a monitor as in the manifest, each with its field; an empty list for other objects. */
export function endpointsOf(manifest: Manifest): { endpoint: Manifest; field: string }[] {
  const list = endpointsField(manifest);
  if (list === undefined) return [];
  return listAt(manifest, 'spec', list).map((endpoint, i) => ({ endpoint, field: `spec.${list}[${i}]` }));
}

function isMonitor(kind: unknown): kind is Monitor['kind'] {
  return kind === 'ServiceMonitor' || kind === 'PodMonitor';
}

function sampleFilter(endpoint: Manifest): string {
  const filters = relabelingsOf(endpoint, 'metricRelabelings').filter((step) =>
    ['keep', 'drop', 'keepequal', 'dropequal'].includes(step?.action ?? ''),
  );
  return filters.length === 0 ? '' : JSON.stringify(filters);
}

/** Returns the monitor's own namespace, unless its namespaceSelector has `any` or `matchNames`. */
function namespaces(manifest: Manifest): readonly string[] | undefined {
  const selector = at(manifest, 'spec', 'namespaceSelector');
  if (at(selector, 'any') === true) return undefined;
  const names = at(selector, 'matchNames');
  return Array.isArray(names) && names.length > 0
    ? [...new Set(names.map(scalarText))]
    : [namespaceOf(manifest)];
}
