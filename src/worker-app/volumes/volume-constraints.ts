import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { expected, inspect, oneOf } from '../../diagnostics/expected.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { Quantity } from '../../kubernetes/quantity.js';
import type { MountPlace, VolumeClaim } from '../../kubernetes-shapes/types.js';
import type { DeploymentConstraint, DeploymentValues, PodConstraint, PodValues } from '../pod-values.js';
import { ACCESS_MODES } from '../../kubernetes/choices.js';
import { accessModes, isOfOnePod } from './claims.js';
import { MOUNT_CONSTRAINTS } from './mount-constraints.js';
import { podsAtATime } from './pods-at-a-time.js';
import { userVolumes, type UserVolume } from './user-volumes.js';
import { mountFields } from './volume-shape.js';

/** The constraints of `volumes`, and between them and other keys. */
export const VOLUME_CONSTRAINTS: readonly PodConstraint[] = [
  { reads: [], ofEach: ['volumes'], problems: entries },
  ...MOUNT_CONSTRAINTS,
];

/** The constraints between `volumes` and the number of pods. */
export const VOLUME_COPIES_CONSTRAINTS: readonly DeploymentConstraint[] = [
  { reads: ['volumes', 'replicas', 'autoscaling', 'strategy'], problems: oneCopy },
];

function entries({ volumes }: PodValues): FieldDiagnostic[] {
  return userVolumes(volumes).flatMap((volume) => {
    const path = ['volumes', volume.name];
    const given = volumes?.[volume.name] ?? {};
    return [
      ...source(volume, path),
      ...places(given, path),
      ...volume.mounts.flatMap((mount, i) =>
        subPath(mount, 'mounts' in given && given.mounts !== null ? [...path, 'mounts', i] : path),
      ),
      ...(volume.claim === undefined ? [] : claim(volume.claim, [...path, 'claim'])),
    ];
  });
}

const ONE_SOURCE = 'one volume source, such as emptyDir, configMap, secret, persistentVolumeClaim or claim';

function source({ source: given, claim: own }: UserVolume, path: FieldPath): FieldDiagnostic[] {
  const [first, ...others] = [...Object.keys(given), ...(own === undefined ? [] : ['claim'])];
  if (first === undefined) return [{ path, message: expected(ONE_SOURCE, undefined) }];
  return others.map((other) => ({
    path: [...path, other],
    message: `a volume has one source, and this one has ${first}, too`,
    hint: 'remove one of the two',
    inKey: true,
  }));
}

/** `mountPath` is for one place, `mounts` for several. */
function places(given: object, path: FieldPath): FieldDiagnostic[] {
  const { mounts, ...fields } = given as { readonly mounts?: unknown } & Readonly<Record<string, unknown>>;
  const ofOne = Object.keys(fields).filter((field) => mountFields().has(field) && fields[field] !== null);
  const [first] = ofOne;
  if (first === undefined) return [];
  if (mounts !== undefined && mounts !== null)
    return [
      {
        path: [...path, first],
        message: 'mounts has the places of this volume',
        hint: `write ${first} in an item of mounts, or remove mounts`,
        inKey: true,
      },
    ];
  if (ofOne.includes('mountPath')) return [];
  const message = expected('a path in the container', undefined);
  return [{ path: [...path, 'mountPath'], message, hint: `${first} belongs to a mount` }];
}

function subPath({ mountPath, subPath: sub, subPathExpr }: MountPlace, path: FieldPath): FieldDiagnostic[] {
  const problems: FieldDiagnostic[] = [];
  if (mountPath === '')
    problems.push({ path: [...path, 'mountPath'], message: expected('a path in the container', mountPath) });
  for (const [field, text] of Object.entries({ subPath: sub, subPathExpr }))
    if (text !== undefined && (text.startsWith('/') || text.split('/').includes('..'))) {
      const message = expected('a relative path in the volume, without ".."', text);
      problems.push({ path: [...path, field], message });
    }
  if (sub && subPathExpr)
    problems.push({
      path: [...path, 'subPathExpr'],
      message: 'subPath is set, too',
      hint: 'remove one of the two',
    });
  return problems;
}

function claim({ size, resources, ...spec }: VolumeClaim, path: FieldPath): FieldDiagnostic[] {
  const problems: FieldDiagnostic[] = [];
  const storage: unknown = resources?.requests?.['storage'];
  if (size === undefined && storage === undefined)
    problems.push({ path: [...path, 'size'], message: expected('a quantity such as 10Gi', undefined) });
  if (size !== undefined && storage !== undefined)
    problems.push({
      path: [...path, 'resources', 'requests', 'storage'],
      message: 'size sets it, too',
      hint: 'remove one of the two',
    });
  if (size !== undefined && Quantity.parse(size).value === 0)
    problems.push({ path: [...path, 'size'], message: expected('a quantity such as 10Gi', size) });
  const modes = accessModes(spec);
  if (modes.length === 0)
    problems.push({
      path: [...path, 'accessModes'],
      message: `expected ${oneOf(ACCESS_MODES)}, got an empty list`,
    });
  if (modes.length > 1 && isOfOnePod(spec))
    problems.push({
      path: [...path, 'accessModes'],
      message: 'ReadWriteOncePod excludes every other mode',
      hint: `keep ${inspect('ReadWriteOncePod')} alone, or remove it`,
    });
  return problems;
}

/** A second pod never starts with a volume of one pod. */
function oneCopy(app: DeploymentValues): FieldDiagnostic[] {
  if (app.volumes === undefined) return [];
  const several = podsAtATime(app);
  if (several === undefined) return [];
  return userVolumes(app.volumes)
    .filter(({ claim: own }) => own !== undefined && isOfOnePod(own))
    .map(({ name }) => ({
      path: ['volumes', name, 'claim', 'accessModes'],
      message: `ReadWriteOncePod gives the volume to one pod, and ${several}: the others never start`,
      hint: 'set replicas: 1 and strategy: { type: Recreate }, or another mode',
    }));
}
