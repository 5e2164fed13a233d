import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { type FieldPath, valueAt } from '../diagnostics/field-path.js';
import { listAt, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';
import { templateViolations } from '../kubernetes/pod-security.js';
import { enforcedLevel, podSecurityNote } from '../kubernetes/pod-security-notes.js';
import type { Violation } from '../kubernetes/security-context.js';
import { workloadTemplate } from '../kubernetes/workload-template.js';
import { pointerKeys, type Patch } from './patch.js';

/**
 * Notes about fields for which Pod Security 'restricted' refuses the pods after a patch, but not before it.
 *
 * @param path of the patch
 * @param objects all objects: they may contain the Namespace, which may accept the fields
 */
export function judgePodSecurity(
  before: Manifest,
  after: Manifest,
  patch: Patch,
  path: FieldPath,
  objects: () => readonly Manifest[],
): FieldDiagnostic[] {
  const found = violationsIn(after);
  if (found.size === 0) return [];
  const earlier = violationsIn(before);
  const added = [...found].filter(([name]) => !earlier.has(name));
  if (added.length === 0) return [];
  const enforced = enforcedLevel(objects(), namespaceOf(after));
  return added.flatMap(([, one]) => podSecurityNote(one, [...path, ...placeIn(patch, one.field)], enforced));
}

/** The violations of the pods of a workload, each with its path in the object, by a name that does not depend on the order of containers. */
function violationsIn(manifest: Manifest): Map<string, Violation> {
  const workload = workloadTemplate(manifest);
  if (workload === undefined) return new Map();
  const { path, template } = workload;
  return new Map(
    templateViolations(template).map((one) => {
      const { field, message } = one;
      const [spec = '', list = '', item, ...rest] = field;
      const name =
        typeof item === 'number' ? textAt(listAt(template, String(spec), String(list))[item], 'name') : item;
      return [JSON.stringify([spec, list, name, ...rest, message]), { ...one, field: [...path, ...field] }];
    }),
  );
}

/** The part of a patch that sets a field of the object. */
function placeIn({ merge, json = [] }: Patch, field: FieldPath): FieldPath {
  const keys = field.map(String);
  const atEnd = keys.map((key, i) => (typeof field[i] === 'number' ? '-' : key));
  const setting = (keys: readonly string[]) =>
    json.findLastIndex(({ path }) => pointerKeys(path).every((key, i) => key === (keys[i] ?? key)));
  const operation = [setting(keys), setting(atEnd)].find((i) => i !== -1);
  if (operation !== undefined) return ['json', operation];
  const inMerge = field.findIndex((_, i) => valueAt(merge, field.slice(0, i + 1)) === undefined);
  return merge === undefined ? [] : ['merge', ...field.slice(0, inMerge === -1 ? undefined : inMerge)];
}
