import { expandReferences } from '../kubernetes/variable-references.js';
import {
  at,
  listAt,
  mapAt,
  nameOf,
  namespaceOf,
  textAt,
  textsAt,
  type Manifest,
} from '../kubernetes/manifest.js';
import { operatedPod } from './operated-pods.js';
import { podTemplates } from './pod-templates.js';

/** What runs pods, as far as monitoring sees it. */
export interface Workload {
  /** `Deployment app/app-django` */
  readonly object: string;
  readonly namespace: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** Where the pod is described: `spec.template.spec`. */
  readonly podField: string;
  readonly containers: readonly WorkloadContainer[];
  /** The volumes that containers can mount. */
  readonly volumes: readonly Manifest[];
  /** Whether the pods use the network of their node. */
  readonly isOnHostNetwork: boolean;
}

export interface WorkloadContainer {
  readonly name: string | undefined;
  /** Where the container stands in its object: `spec.template.spec.containers[0]`. */
  readonly field: string;
  readonly ports: readonly ContainerPort[];
  /** Literal values of the environment, as the container sees them; undefined where they are from elsewhere. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** Whether there is more of it, in ConfigMaps or Secrets as a whole. */
  readonly hasEnvFrom: boolean;
  /** Whether it runs before the others and ends, so that nothing scrapes it. */
  readonly endsBeforeOthers: boolean;
  readonly manifest: Manifest;
}

export interface ContainerPort {
  readonly name: string | undefined;
  readonly number: unknown;
  readonly protocol: string;
  readonly field: string;
}

/** The pods that a manifest makes; none where it is of another kind. */
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
      name: textAt(port, 'name'),
      number: port['containerPort'],
      protocol: textAt(port, 'protocol') ?? 'TCP',
      field: `${field}.ports[${i}]`,
    })),
    env: environment(container),
    hasEnvFrom: listAt(container, 'envFrom').length > 0,
    // Init containers that always restart are sidecars.
    endsBeforeOthers: list === 'initContainers' && container['restartPolicy'] !== 'Always',
    manifest: container,
  };
}

function environment(container: Manifest): ReadonlyMap<string, string | undefined> {
  const entries = listAt(container, 'env');
  const names = new Set(entries.map((entry) => textAt(entry, 'name') ?? ''));
  const env = new Map<string, string | undefined>();
  for (const entry of entries) env.set(textAt(entry, 'name') ?? '', literal(entry, env, names));
  return env;
}

type Variables = ReadonlyMap<string, string | undefined>;

function literal(entry: Manifest, earlier: Variables, all: ReadonlySet<string>): string | undefined {
  if (Object.keys(mapAt(entry, 'valueFrom')).length > 0) return undefined;
  const value = at(entry, 'value') ?? '';
  return typeof value === 'string' ? expanded(value, earlier, all) : undefined;
}

/**
 * Kubernetes expands references to earlier variables, and leaves those to later ones as text. Others may be variables of
 * Services, or for kustomize to replace.
 */
function expanded(text: string, earlier: Variables, all: ReadonlySet<string>): string | undefined {
  let isKnown = true;
  const value = expandReferences(text, (name) => {
    const found = !earlier.has(name) && all.has(name) ? `$(${name})` : earlier.get(name);
    isKnown &&= found !== undefined;
    return found ?? '';
  });
  return isKnown ? value : undefined;
}

/** Container ports with these names serve metrics: `metrics`, `metrics-1`, `metrics-2`, … */
export function isMetricsPort({ name }: ContainerPort): boolean {
  return name !== undefined && /^metrics(-[0-9]+)?$/.test(name);
}
