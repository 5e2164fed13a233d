import { INSTANCE_LABEL, NAME_LABEL, PART_OF_LABEL } from '../kubernetes/labels.js';
import type { Chain } from '../checks/trace/chain.js';
import { workloadsOf } from '../checks/cluster/workload.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { nameOf, namespaceOf, textAt, textsAt, type Manifest } from '../kubernetes/manifest.js';
import { rulesOf, type Rule } from './rules.js';

/** Manifests that are applied together, and their trace. */
export interface TracedManifests {
  /** The environment, or the files. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
  readonly chains: readonly Chain[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `undecided`: the manifests contain no error, but not the whole path either. */
export type Status = 'broken' | 'warning' | 'undecided' | 'ok';

/** The workloads of one application, with everything that belongs to them. */
export interface Application {
  readonly name: string;
  readonly namespace: string;
  readonly workloads: readonly string[];
  readonly chains: readonly Chain[];
  readonly diagnostics: readonly Diagnostic[];
  readonly rules: readonly Rule[];
}

/** The applications in manifests, and the objects and diagnostics that belong to none. */
export interface Applications {
  readonly applications: readonly Application[];
  /** Workloads without a chain, a diagnostic or a rule: `Deployment shop/redis`. */
  readonly others: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly rules: readonly Rule[];
}

/**
 * Groups manifests by application. Workloads with the same labels `part-of` (or `name`) and `instance` are one
 * application; without these labels, each is its own. Other objects join by the same labels, or else by their chains.
 */
export function applicationsOf({ manifests, chains, diagnostics }: TracedManifests): Applications {
  const groups = new Groups();
  const other: Manifest[] = [];
  for (const manifest of manifests)
    if (workloadsOf(manifest).length === 0) other.push(manifest);
    else groups.addWorkload(manifest);
  for (const manifest of other) groups.addOther(manifest);
  for (const chain of chains) if (chain.workload !== undefined) groups.addChain(chain);
  for (const chain of chains) if (chain.workload === undefined) groups.addChain(chain);
  const restDiagnostics = diagnostics.filter(
    (diagnostic) => !groups.of(diagnostic.object)?.diagnostics.push(diagnostic),
  );
  const restRules = other.flatMap((manifest) => {
    const rules = rulesOf(manifest);
    const group = rules.length > 0 ? groups.of(nameOf(manifest)) : undefined;
    group?.rules.push(...rules);
    return group === undefined ? rules : [];
  });
  const isShown = ({ chains, diagnostics, rules }: Group) =>
    chains.length + diagnostics.length + rules.length > 0;
  return {
    applications: groups.all.filter(isShown),
    others: groups.all.filter((group) => !isShown(group)).flatMap(({ workloads }) => workloads),
    diagnostics: restDiagnostics,
    rules: restRules,
  };
}

/** Whether an application is scraped as its manifests say. */
export function statusOf({ chains, diagnostics }: Pick<Application, 'chains' | 'diagnostics'>): Status {
  if (chains.some(({ isWhole }) => !isWhole)) return 'broken';
  if (diagnostics.some(({ severity }) => severity === 'error')) return 'broken';
  if (diagnostics.some(({ severity }) => severity === 'warning')) return 'warning';
  const isDecided = chains.every(({ isUnseen, isUndecided }) => !isUnseen && !isUndecided);
  return isDecided && chains.length > 0 ? 'ok' : 'undecided';
}

class Group implements Application {
  readonly workloads: string[] = [];
  readonly chains: Chain[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly rules: Rule[] = [];

  constructor(
    private readonly label: string,
    readonly namespace: string,
  ) {}

  /** The name of the only workload, or else of the workload that has the name of the group. */
  get name(): string {
    const names = this.workloads.map(shortName);
    return names.length === 1 ? (names[0] ?? this.label) : this.label;
  }
}

class Groups {
  private readonly byLabels = new Map<string, Group>();
  private readonly byObject = new Map<string, Group>();

  get all(): readonly Group[] {
    return [...new Set(this.byLabels.values())];
  }

  of(object: string | undefined): Group | undefined {
    return this.byObject.get(object ?? '');
  }

  addWorkload(manifest: Manifest): void {
    const object = nameOf(manifest);
    const group = this.groupAt(
      keyOf(manifest) ?? object,
      labelOf(manifest) ?? shortName(object),
      namespaceOf(manifest),
    );
    group.workloads.push(object);
    this.byObject.set(object, group);
  }

  addOther(manifest: Manifest): void {
    const group = this.byLabels.get(keyOf(manifest) ?? '');
    if (group !== undefined) this.byObject.set(nameOf(manifest), group);
  }

  addChain(chain: Chain): void {
    const { workload, monitor, service } = chain;
    const objects = [workload, service, monitor].filter((object) => object !== undefined);
    const known = objects.map((object) => this.byObject.get(object)).find((group) => group !== undefined);
    const [first = ''] = objects.toReversed();
    const group = known ?? this.groupAt(first, shortName(first), namespaceIn(first));
    for (const object of objects) if (!this.byObject.has(object)) this.byObject.set(object, group);
    group.chains.push(chain);
  }

  private groupAt(key: string, label: string, namespace: string): Group {
    const group = this.byLabels.get(key) ?? new Group(label, namespace);
    this.byLabels.set(key, group);
    return group;
  }
}

function labelOf(manifest: Manifest): string | undefined {
  const labels = textsAt(manifest, 'metadata', 'labels');
  return labels[PART_OF_LABEL] ?? labels[NAME_LABEL];
}

function keyOf(manifest: Manifest): string | undefined {
  const label = labelOf(manifest);
  const instance = textAt(manifest, 'metadata', 'labels', INSTANCE_LABEL) ?? '';
  return label && [namespaceOf(manifest), label, instance].join('\n');
}

/** `app-django` of `Deployment app/app-django` */
export function shortName(object: string): string {
  return object.slice(object.lastIndexOf('/') + 1).replace(/^.* /, '');
}

function namespaceIn(object: string): string {
  return /^\S+ (.*)\//.exec(object)?.[1] ?? '';
}
