import { ApiObject, type ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { InvalidPropsError } from '../diagnostics/invalid-props.js';
import { identity } from '../kubernetes/identity.js';
import { mapAt, textAt, type Manifest } from '../kubernetes/manifest.js';
import { changeObject } from './change-object.js';
import { completed, type Owner } from './complete-object.js';
import { isMade, judgeObject, OURS } from './judge-object.js';
import { withContentHash } from './content-hash.js';
import { judgePatch, noTarget } from './judge-patch.js';
import { applyPatch, isTarget, type Patch } from './patch.js';

export interface UserObjectsProps extends Owner {
  readonly objects?: readonly Manifest[] | undefined;
  readonly patches?: readonly Patch[] | undefined;
}

/**
 * Adds `objects` and `patches` to a construct that has all its other objects. Undefined if there are none.
 *
 * @param subject the construct in an error: `WorkerApp chart/app`. Without it, the caller reports the diagnostics
 * @throws InvalidPropsError with all errors, if there is a subject
 */
export function addUserObjects(
  scope: Construct,
  props: UserObjectsProps,
  subject: string | undefined,
): UserObjects | undefined {
  if (props.objects === undefined && props.patches === undefined) return undefined;
  const userObjects = new UserObjects(scope, 'user', props);
  if (subject !== undefined) userObjects.throwErrors(subject);
  return userObjects;
}

/** The user's additions to a construct: `objects` and `patches`. */
export class UserObjects extends Construct {
  /** The objects of `objects`. */
  readonly objects: readonly ApiObject[];
  readonly patches: readonly Patch[];
  /** Errors, warnings and notes. Their paths begin with `objects` or `patches`. */
  readonly diagnostics: readonly FieldDiagnostic[];
  /** Errors about patches without a target. Another environment may contain it. */
  readonly withoutTarget: readonly FieldDiagnostic[];

  /** All objects before the patches; those of the user are the last. */
  private readonly beforePatches: readonly Manifest[];

  /** @param scope the construct that the patches change, with all its objects */
  constructor(scope: Construct, id: string, { objects = [], patches = [], ...owner }: UserObjectsProps) {
    super(scope, id);
    this.patches = patches;
    const ours = scope.node.findAll().filter(ApiObject.isApiObject);
    const added = this.addObjects(objects, ours, owner);
    const all = [...ours, ...added.objects];
    this.beforePatches = all.map(manifestOf);
    const patched = patchAll(all, patches);
    this.objects = added.objects;
    this.diagnostics = [...added.diagnostics, ...patched.diagnostics];
    this.withoutTarget = patched.withoutTarget;
    if (this.objects.length === 0) return;
    for (const object of ours.filter((one) => Object.hasOwn(mapAt(manifestOf(one), 'spec'), 'template')))
      changeObject(object, (workload) => withContentHash(workload, this.objects.map(manifestOf)));
  }

  /** The paths of all additions, in their order: each object, then each patch. */
  get additions(): readonly FieldPath[] {
    const paths = (key: string, list: readonly unknown[]) => list.map((_, i) => [key, i]);
    return [...paths('objects', this.objects), ...paths('patches', this.patches)];
  }

  /** The manifests with the first additions only. @param count how many additions */
  manifestsWith(count: number): readonly Manifest[] {
    const missing = Math.max(0, this.objects.length - count);
    const patches = this.patches.slice(0, Math.max(0, count - this.objects.length));
    return this.beforePatches
      .slice(0, this.beforePatches.length - missing)
      .map((before) =>
        patches.filter(({ target }) => isTarget(target, before)).reduce<Manifest>(applyPatch, before),
      );
  }

  private addObjects(given: readonly Manifest[], ours: readonly ApiObject[], owner: Owner) {
    const objects: ApiObject[] = [];
    const diagnostics: FieldDiagnostic[] = [];
    const taken = new Map(ours.map((object) => [identity(manifestOf(object)), OURS]));
    for (const [i, manifest] of given.entries()) {
      const whole = completed(manifest, owner);
      const other = taken.get(identity(whole));
      diagnostics.push(...(other === undefined ? judgeObject(whole, i) : [isMade(whole, i, other)]));
      if (other !== undefined) continue;
      taken.set(identity(whole), `objects[${i}]`);
      objects.push(userObject(this, String(i), whole));
    }
    return { objects, diagnostics };
  }

  /** @param subject the construct: `WorkerApp my-chart/app` @throws InvalidPropsError with all errors */
  throwErrors(subject: string): void {
    const errors = [...this.diagnostics, ...this.withoutTarget].filter(
      ({ severity = 'error' }) => severity === 'error',
    );
    if (errors.length > 0) throw new InvalidPropsError(subject, errors);
  }
}

/**
 * An object with every field of its manifest. cdk8s makes its metadata alone: it would drop null, refuse a map with the key
 * `constructor`, and add the namespace of the chart.
 */
function userObject(scope: Construct, id: string, manifest: Manifest): ApiObject {
  const { apiVersion, kind, metadata: given } = manifest;
  const object = new ApiObject(scope, id, { apiVersion, kind, metadata: given } as unknown as ApiObjectProps);
  changeObject(object, (json) => {
    const { namespace: _, ...metadata } = mapAt(json, 'metadata');
    const namespace = textAt(manifest, 'metadata', 'namespace');
    return { ...manifest, metadata: { ...metadata, ...(namespace !== undefined && { namespace }) } };
  });
  return object;
}

function patchAll(objects: readonly ApiObject[], patches: readonly Patch[]) {
  const diagnostics: FieldDiagnostic[] = [];
  const withoutTarget: FieldDiagnostic[] = [];
  const manifests = () => objects.map(manifestOf);
  for (const [i, patch] of patches.entries()) {
    const targets = objects.filter((object) => isTarget(patch.target, manifestOf(object)));
    if (targets.length === 0) withoutTarget.push(noTarget(patch, i, manifests()));
    for (const target of targets) {
      const found = judgePatch(manifestOf(target), patch, i, manifests);
      diagnostics.push(...found);
      const canApply = found.every(({ severity = 'error' }) => severity !== 'error');
      if (canApply) changeObject(target, (manifest) => applyPatch(manifest, patch));
    }
  }
  return { diagnostics, withoutTarget };
}

function manifestOf(object: ApiObject): Manifest {
  return object.toJson() as Manifest;
}
