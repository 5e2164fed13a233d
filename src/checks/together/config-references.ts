import path from 'node:path';
import { inspect, knownAre, mistypedName, nearestName } from '../../diagnostics/expected.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { at, listAt, mapAt, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { ConfigObjects, type ConfigKind } from './config-objects.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Wiring } from '../wiring/wiring.js';
import type { Workload, WorkloadContainer } from '../cluster/workload.js';
import { isReplacedLater } from '../../kubernetes/replaced-later.js';

/** A reference of a pod to a ConfigMap or Secret, or to keys in it. */
interface Reference {
  readonly kind: ConfigKind;
  readonly name: string;
  /** The field that names the object. */
  readonly field: string;
  /** The keys that must exist: by field. */
  readonly keys: Readonly<Record<string, string>>;
}

/**
 * Checks that the keys of ConfigMaps and Secrets that pods read exist, if the object is among the manifests: the container
 * would not start. An object that is not among them may be in the cluster, unless a similar one is there that nothing reads.
 */
export function checkConfigReferences({ manifests, objects: all }: Wiring): Diagnostic[] {
  const objects = new ConfigObjects(manifests);
  const found = all.flatMap(({ manifest, workloads }) =>
    workloads.map((workload) => ({ manifest, workload, references: referencesOf(workload) })),
  );
  for (const { workload, references } of found)
    for (const { kind, name } of references) objects.use(kind, workload.namespace, name);
  return found.flatMap(({ manifest, workload, references }) => {
    const diagnostics = new ObjectDiagnostics(manifest);
    for (const reference of references) checkReference(reference, workload.namespace, objects, diagnostics);
    for (const container of workload.containers) checkSubPaths(container, workload, objects, diagnostics);
    return diagnostics.all;
  });
}

function checkReference(
  { kind, name, field, keys }: Reference,
  namespace: string,
  objects: ConfigObjects,
  diagnostics: ObjectDiagnostics,
): void {
  const known = objects.keysOf(kind, namespace, name);
  const object = (one: string) => `${kind} ${namespace}/${one}`;
  if (known !== undefined) {
    for (const [at, key] of Object.entries(keys)) {
      if (known.has(key) || isReplacedLater(key) || objects.isNamedByCustom(namespace, name)) continue;
      const message = `${kind} ${name} has no key ${inspect(key)}: the container does not start`;
      const hint = nearestName(key, [...known]) ?? knownAre([...known]);
      diagnostics.wrongReference('error', at, object(name), { message, hint });
    }
  } else if (!objects.has(kind, namespace, name)) {
    const near = mistypedName(name, objects.unused(kind, namespace));
    if (near === undefined) return;
    const message = `no ${kind} ${inspect(name)} is among the manifests`;
    const hint = `did you mean ${inspect(near)}?`;
    diagnostics.wrongReference('warning', field, object(near), { message, hint });
  }
}

/** All references that are not optional. */
function referencesOf({ containers, volumes, podField }: Workload): Reference[] {
  return [
    ...containers.flatMap(({ manifest, field }) => [
      ...listAt(manifest, 'env').flatMap((entry, i) => variable(entry, `${field}.env[${i}].valueFrom`)),
      ...listAt(manifest, 'envFrom').flatMap((entry, i) => allVariables(entry, `${field}.envFrom[${i}]`)),
    ]),
    ...volumes.flatMap((volume, i) => [
      ...files(volume, `${podField}.volumes[${i}]`),
      ...listAt(volume, 'projected', 'sources').flatMap((source, j) =>
        files(source, `${podField}.volumes[${i}].projected.sources[${j}]`),
      ),
    ]),
  ];
}

function variable(entry: Manifest, field: string): Reference[] {
  if (entry['valueFrom'] === undefined) return [];
  return KINDS.flatMap(([kind, start]) => {
    const reference = mapAt(entry, 'valueFrom', `${start}KeyRef`);
    const key = textAt(reference, 'key');
    const whole = `${field}.${start}KeyRef`;
    return referenceTo(kind, reference, whole, key === undefined ? {} : { [`${whole}.key`]: key });
  });
}

function allVariables(entry: Manifest, field: string): Reference[] {
  return KINDS.flatMap(([kind, start]) =>
    referenceTo(kind, mapAt(entry, `${start}Ref`), `${field}.${start}Ref`),
  );
}

function files(volume: Manifest, field: string): Reference[] {
  return KINDS.flatMap(([kind, start]) => {
    if (volume[start] === undefined) return [];
    const source = mapAt(volume, start);
    const keys = listAt(source, 'items').flatMap((item, i) => {
      const key = textAt(item, 'key');
      return key === undefined ? [] : [[`${field}.${start}.items[${i}].key`, key]];
    });
    return referenceTo(kind, source, `${field}.${start}`, Object.fromEntries(keys) as Reference['keys']);
  });
}

const KINDS = [
  ['ConfigMap', 'configMap'],
  ['Secret', 'secret'],
] as const;

function referenceTo(
  kind: ConfigKind,
  source: Manifest,
  field: string,
  keys: Reference['keys'] = {},
): Reference[] {
  const name = textAt(source, 'name') ?? textAt(source, 'secretName');
  return name === undefined || at(source, 'optional') === true ? [] : [{ kind, name, field, keys }];
}

/** A file of a volume that does not exist: the container gets an empty folder in its place. */
function checkSubPaths(
  { manifest, field }: WorkloadContainer,
  { volumes, namespace }: Workload,
  objects: ConfigObjects,
  diagnostics: ObjectDiagnostics,
): void {
  for (const [i, mount] of listAt(manifest, 'volumeMounts').entries()) {
    const subPath = normalized(textAt(mount, 'subPath'));
    if (subPath === undefined || isReplacedLater(subPath)) continue;
    const volume = volumes.find((one) => textAt(one, 'name') === textAt(mount, 'name'));
    const files = volume && filesIn(volume, namespace, objects);
    if (files === undefined) continue;
    const { paths, object } = files;
    if (paths.some((file) => file === subPath || file.startsWith(`${subPath}/`))) continue;
    const message = `the volume has no file ${inspect(subPath)}: the container gets an empty folder in its place`;
    const hint = nearestName(subPath, paths) ?? knownAre(paths);
    diagnostics.wrongReference('warning', `${field}.volumeMounts[${i}].subPath`, object, { message, hint });
  }
}

/** A path in a volume; undefined for the whole volume. */
function normalized(subPath: string | undefined): string | undefined {
  const normal = subPath === undefined ? '' : path.posix.normalize(subPath).replace(/\/$/, '');
  return normal === '' || normal === '.' ? undefined : normal;
}

/** The paths of the files in a volume, and the object that contains them; undefined if they are not known. */
function filesIn(
  volume: Manifest,
  namespace: string,
  objects: ConfigObjects,
): { readonly paths: readonly string[]; readonly object: string } | undefined {
  for (const [kind, start] of KINDS) {
    const source = mapAt(volume, start);
    const name = textAt(source, 'name') ?? textAt(source, 'secretName');
    if (name === undefined || at(source, 'optional') === true) continue;
    const items = listAt(source, 'items').flatMap((item) => normalized(textAt(item, 'path')) ?? []);
    const keys = objects.keysOf(kind, namespace, name);
    const paths = items.length > 0 ? items : keys && [...keys];
    return paths && { paths, object: `${kind} ${namespace}/${name}` };
  }
  return undefined;
}
