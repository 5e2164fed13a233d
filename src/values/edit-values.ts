import { isDeepStrictEqual } from 'node:util';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { formatPath, valueAt } from '../diagnostics/field-path.js';
import { yamlEdits } from '../yaml/edit-yaml.js';
import { UneditableYaml } from '../yaml/uneditable-yaml.js';
import { valueChanges } from '../yaml/value-changes.js';
import type { Edit } from '../yaml/yaml-text.js';
import { editSource, parseYaml, withoutByteOrderMarks, type YamlDocument } from '../yaml/yaml-document.js';
import { schemaAt, takesNull } from '../schema/schema-walk.js';
import { documentSchema } from './document-schema.js';
import type { WrittenValue } from './environment-values.js';
import { ENVIRONMENTS } from './written-document.js';
import { own } from '../kubernetes/manifest.js';
import { mergeIntoEnvironment, mergeValues } from '../schema/merge-values.js';
import {
  inheritedAt,
  inheritedIn,
  nameOf,
  ownValues,
  pathOf,
  placesOf,
  removesNothing,
  withoutEnvironment,
  type SetPlace,
} from './set-places.js';
import { nestedIn, unknownNames, type SetValue } from './set-values.js';
import { FolderDefaults } from './folder-defaults.js';
import type { Source } from './sources.js';
import { readDocument } from './values-document.js';

/** A value that changes in a file. */
export interface ValueEdit {
  readonly file: string;
  /** Line in the new text; of a value that is removed, in the old text. */
  readonly line: number;
  /** The field's path in the file: `environments.production.image`. */
  readonly field: string;
  /** Undefined if it was not set. */
  readonly before?: unknown;
  /** Undefined if it is removed. */
  readonly after?: unknown;
  readonly isChanged: boolean;
  /** The value of Defaults that holds until then, if the file did not set one. */
  readonly inherited?: WrittenValue | undefined;
}

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

type Fields = Readonly<Record<string, unknown>>;

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
    const one = editSourceAt(source, documents, ofSource);
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

/** The values of a document with one more value, or without one: null in the base removes. */
function withValue(values: unknown, place: SetPlace): unknown {
  const {
    document: { kind },
    set,
    environment,
  } = place;
  const { kind: given, [ENVIRONMENTS]: environments, ...base } = values as Fields;
  const schema = documentSchema(kind);
  const field = schemaAt(schema, set.path);
  const inherited = inheritedIn(place);
  const isSet = [values, inherited].some((given) => valueAt(given, set.path) !== undefined);
  const removes = environment === undefined && set.value === null && field !== undefined && !takesNull(field);
  if (removes && !isSet) return values;
  const about = {
    ...(given !== undefined && { kind: given }),
    ...(environments !== undefined && { [ENVIRONMENTS]: environments }),
  };
  if (environment === undefined) {
    const inBase = isEmpty(inherited)
      ? mergeValues(schema, base, nestedIn(set))
      : mergeIntoEnvironment(schema, inherited, base, nestedIn(set));
    return { ...(inBase as Fields), ...about };
  }
  const all = environments as Fields;
  const below = isEmpty(inherited) ? base : mergeValues(schema, inherited, base);
  const merged = mergeIntoEnvironment(schema, below, own(all, environment) ?? {}, nestedIn(set));
  return { ...base, ...about, [ENVIRONMENTS]: { ...all, [environment]: merged } };
}

function isEmpty(values: Fields): boolean {
  return Object.keys(values).length === 0;
}

type EditedSource = { readonly source: Source; readonly edits: readonly ValueEdit[] };

function editSourceAt(
  source: Source,
  documents: readonly YamlDocument[],
  places: readonly SetPlace[],
): EditedSource | { readonly problem: Diagnostic } {
  const { file } = source;
  const text = withoutByteOrderMarks(source.text);
  const placesIn = (yaml: YamlDocument) => places.filter((place) => place.yaml === yaml);
  const wanted = documents.map((yaml) => placesIn(yaml).reduce(withValue, yaml.value));
  const edits: Edit[] = [];
  for (const [i, yaml] of documents.entries()) {
    try {
      edits.push(
        ...yamlEdits(text, yaml.tree(), { before: yaml.value, after: wanted[i], last: ENVIRONMENTS }),
      );
    } catch (error) {
      if (!(error instanceof UneditableYaml)) throw error;
      const { path, message, hint } = error;
      return {
        problem: errorAt({ file, line: yaml.positionOf(path).line, field: formatPath(path) }, message, hint),
      };
    }
  }
  const edited = { file, text: editSource(source.text, edits) };
  const read = parseYaml(file, edited.text).documents;
  const isAsWanted = isDeepStrictEqual(
    read.map(({ value }) => value),
    wanted,
  );
  if (!isAsWanted)
    return { problem: errorAt({ file }, 'this value cannot be changed where it is written', BY_HAND) };
  return { source: edited, edits: places.flatMap((place) => editsAt(place, documents, { read, wanted })) };
}

const BY_HAND = 'edit the file by hand';

/** The values that a place changes; or its value, unchanged. */
function editsAt(
  place: SetPlace,
  documents: readonly YamlDocument[],
  { read, wanted }: { readonly read: readonly YamlDocument[]; readonly wanted: readonly unknown[] },
): ValueEdit[] {
  const index = documents.indexOf(place.yaml);
  const path = pathOf(place);
  const [before, after] = [valueAt(place.yaml.value, path), valueAt(wanted[index], path)];
  const changes = valueChanges(before, after, path);
  const isChanged = changes.length > 0;
  const depth = path.length - place.set.path.length;
  return (isChanged ? changes : [{ path, before, after }]).map((change) => ({
    file: place.yaml.file,
    line: (change.after === undefined ? place.yaml : (read[index] ?? place.yaml)).positionOf(change.path)
      .line,
    field: formatPath(change.path),
    before: change.before,
    after: change.after,
    isChanged,
    inherited:
      change.before === undefined ? inheritedAt(place, change.path.slice(depth).map(String)) : undefined,
  }));
}
