import { isDeepStrictEqual } from 'node:util';
import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.js';
import { formatPath, valueAt } from '../../diagnostics/field-path.js';
import { own } from '../../kubernetes/manifest.js';
import { mergeIntoEnvironment, mergeValues } from '../../schema/merge-values.js';
import { schemaAt, takesNull } from '../../schema/schema-walk.js';
import { editSource, withoutByteOrderMarks } from '../../yaml/byte-order-marks.js';
import { yamlEdits } from '../../yaml/edit-yaml.js';
import { UneditableYaml } from '../../yaml/uneditable-yaml.js';
import { valueChanges } from '../../yaml/value-changes.js';
import { parseYaml, type YamlDocument } from '../../yaml/yaml-document.js';
import type { Edit } from '../../yaml/yaml-text.js';
import { documentSchema } from '../document/document-schema.js';
import type { WrittenValue } from '../document/environment-values.js';
import { inheritedAt, inheritedIn, pathOf, type SetPlace } from './set-places.js';
import { nestedIn } from '../set-values.js';
import type { Source } from '../files/sources.js';
import { ENVIRONMENTS } from '../document/written-document.js';

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

/** A file with its new text. */
interface EditedFile {
  readonly source: Source;
  readonly edits: readonly ValueEdit[];
}

/** Sets values at their places in the text of a file, which may contain several documents. */
export function setInFile(
  source: Source,
  documents: readonly YamlDocument[],
  places: readonly SetPlace[],
): EditedFile | { readonly problem: Diagnostic } {
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

type Fields = Readonly<Record<string, unknown>>;

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
