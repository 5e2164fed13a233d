import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { formatPath } from '../../diagnostics/field-path.js';
import { parseYaml } from '../../yaml/yaml-document.js';
import { FolderDefaults } from '../document/folder-defaults.js';
import { setInFile, type ValueEdit } from './set-in-file.js';
import {
  nameOf,
  ownValues,
  pathOf,
  placesOf,
  removesNothing,
  withoutEnvironment,
  type SetPlace,
} from './set-places.js';
import { unknownNames, type SetValue } from '../set-values.js';
import type { Source } from '../files/sources.js';
import { readDocument } from '../document/values-document.js';

/** Values files with values set in them. */
export interface EditedValues {
  /** The files that contain the applications, with their new texts, which may be the old ones. */
  readonly sources: readonly Source[];
  readonly edits: readonly ValueEdit[];
  /** The fields that are set, by the path in their files. */
  readonly fields: readonly { readonly file: string; readonly field: string; readonly set: SetValue }[];
  /** Values of environments that hold instead of the base's. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Sets values in the text of values files: in the base, or in these environments.
 * @param environments @default - the base; the environments, if only they have the name
 */
export function editValues(
  sources: readonly Source[],
  sets: readonly SetValue[],
  environments: readonly string[] = [],
): EditedValues | { readonly problems: readonly Diagnostic[] } {
  const names = new Set<unknown>();
  const known = new Set<string>();
  const places: SetPlace[] = [];
  const problems: Diagnostic[] = [];
  const edited: Source[] = [];
  const edits: ValueEdit[] = [];
  const defaults = new FolderDefaults(sources);
  for (const source of sources) {
    if (source.isAbove) continue;
    const { documents } = parseYaml(source.file, source.text);
    const ofSource = documents.flatMap((yaml) => {
      const { document } = readDocument(yaml, { defaults });
      if (document === undefined) return [];
      for (const { environment } of document.environments)
        if (environment !== undefined) known.add(environment);
      for (const name of [yaml.value, ...document.environments].map(nameOf)) names.add(name);
      return sets.flatMap((set) => placesOf({ yaml, document, set }, environments));
    });
    if (ofSource.length === 0) continue;
    places.push(...ofSource);
    const one = setInFile(source, documents, ofSource);
    if ('problem' in one) problems.push(one.problem);
    else {
      edited.push(one.source);
      edits.push(...one.edits);
    }
  }
  problems.push(
    ...unknownNames(
      sets.filter((set) => !names.has(set.name)),
      [...names].filter((name) => typeof name === 'string'),
    ),
    ...sets
      .filter((set) => names.has(set.name) && !places.some((place) => place.set === set))
      .map((set) => withoutEnvironment(set, environments, known)),
    ...places.flatMap(removesNothing),
  );
  if (problems.length > 0) return { problems };
  const fields = places.map((place) => ({
    file: place.yaml.file,
    field: formatPath(pathOf(place)),
    set: place.set,
  }));
  return { sources: edited, edits, fields, warnings: places.flatMap(ownValues) };
}
