import { containerVariables } from '../../kubernetes/container-variables.js';
import {
  at,
  listAt,
  mapAt,
  nameOf,
  namespaceOf,
  textAt,
  textsAt,
  type Manifest,
} from '../../kubernetes/manifest.js';
import { isScrapedElsewhere } from '../../kubernetes/scraped-elsewhere.js';
import { operatedPod } from './operated-pods.js';
import { podTemplates } from './pod-templates.js';
import { protocolOf } from './ports.js';

/** A workload: an object that runs pods. Contains the fields that monitoring needs. */
export interface Workload {
  /** `Deployment app/app-django` */
  readonly object: string;
  readonly namespace: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** Field of the pod's spec: `spec.template.spec`. */
  readonly podField: string;
  readonly containers: readonly WorkloadContainer[];
  /** The volumes that containers can mount. */
  readonly volumes: readonly Manifest[];
  /** Whether no monitor has to scrape its metrics ports, because it is annotated. */
  readonly isScrapedElsewhere: boolean;
  /** Whether the pods use the network of their node. */
  readonly isOnHostNetwork: boolean;
}

export interface WorkloadContainer {
  readonly name: string | undefined;
  /** Field of the container in its object: `spec.template.spec.containers[0]`. */
  readonly field: string;
  readonly ports: readonly ContainerPort[];
  /** Environment variables as the container sees them; undefined for values that are not in the manifest. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** Whether `envFrom` adds variables from ConfigMaps or Secrets. */
  readonly hasEnvFrom: boolean;
  /** Whether it is an init container that ends before the others start. Prometheus does not scrape it. */
  readonly endsBeforeOthers: boolean;
  readonly manifest: Manifest;
}

export interface ContainerPort {
  readonly name: string | undefined;
  readonly number: unknown;
  readonly protocol: string;
  readonly field: string;
}

/** Returns the workloads of a manifest; none for objects that run no pods. */
export function workloadsOf(manifest: Manifest): Workload[] {
  const operated = operatedPod(manifest);
  const templates = operated === undefined ? podTemplates(manifest) : [operated];
  return templates.map(({ field, template }) => workload(manifest, field, template));
}

function workload(manifest: Manifest, field: string, template: Manifest): Workload {
  const podField = field === '' ? 'spec' : `${field}.spec`;
  const containers = (['containers', 'initContainers'] as const).flatMap((list) =>
    listAt(template, 'spec', list).map((container, i) =>
      containerOf(container, `${podField}.${list}[${i}]`, list),
    ),
  );
  return {
    object: nameOf(manifest),
    namespace: namespaceOf(manifest),
    podLabels: textsAt(template, 'metadata', 'labels'),
    podAnnotations: textsAt(template, 'metadata', 'annotations'),
    podField,
    containers,
    volumes: [
      ...listAt(template, 'spec', 'volumes'),
      ...listAt(manifest, 'spec', 'volumeClaimTemplates').map((claim) => mapAt(claim, 'metadata')),
    ],
    isScrapedElsewhere: isScrapedElsewhere(manifest),
    isOnHostNetwork: at(template, 'spec', 'hostNetwork') === true,
  };
}

function containerOf(
  container: Manifest,
  field: string,
  list: 'containers' | 'initContainers',
): WorkloadContainer {
  return {
    name: textAt(container, 'name'),
    field,
    ports: listAt(container, 'ports').map((port, i) => ({
      name: textAt(port, 'name') || undefined,
      number: port['containerPort'],
      protocol: protocolOf(port),
      field: `${field}.ports[${i}]`,
    })),
    env: containerVariables(listAt(container, 'env')),
    hasEnvFrom: listAt(container, 'envFrom').length > 0,
    // Init containers with restartPolicy Always are sidecars.
    endsBeforeOthers: list === 'initContainers' && container['restartPolicy'] !== 'Always',
    manifest: container,
  };
}

/** The ports of the containers that run together. */
export function portsOf({ containers }: Workload): ContainerPort[] {
  return containers.filter(({ endsBeforeOthers }) => !endsBeforeOthers).flatMap(({ ports }) => ports);
}

/** Container ports with these names serve metrics: `metrics`, `metrics-1`, `metrics-2`, … */
export function isMetricsPort({ name }: ContainerPort): boolean {
  return name !== undefined && /^metrics(-[0-9]+)?$/.test(name);
}
