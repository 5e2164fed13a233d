import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { formatPath, valueAt, withoutValueAt } from '../../diagnostics/field-path.js';
import { DELIVERY_KEYS } from '../../delivery/delivery-keys.js';
import { unknownNames } from '../set-values.js';
import { isOptional, schemaAt } from '../../schema/schema-walk.js';
import { resolveKeys } from '../../schema/object-of-keys.js';
import { documentSchema } from '../document/document-schema.js';
import { KINDS, type Kind } from '../kinds.js';
import { isMap } from '../../kubernetes/manifest.js';
import { parseValues, type Selection } from '../parse-values.js';
import type { Source } from '../files/sources.js';
import { FolderDefaults, withDefaults } from '../document/folder-defaults.js';
import { readDocument, type AroundDocument } from '../document/values-document.js';
import type { Origin, EnvironmentValues, WrittenValue } from '../document/environment-values.js';
import { parseYaml } from '../../yaml/yaml-document.js';

type Fields = Readonly<Record<string, unknown>>;

/** A value of an application, with its origin. */
export interface ExplainedValue {
  /** `metrics.startPort` */
  readonly field: string;
  /** Undefined if the environment removed it and there is no default. */
  readonly value: unknown;
  /** Where it was written; undefined for a default. */
  readonly origin?: Origin;
  /** Whether the value is the default, written or not. */
  readonly isDefault: boolean;
  /** The value in a file that it replaces, and its place. */
  readonly replaces?: WrittenValue;
}

/** Every value of an application in an environment. */
export interface Explanation {
  readonly file: string;
  readonly environment?: string | undefined;
  readonly values: readonly ExplainedValue[];
}

export interface Explanations {
  readonly explanations: readonly Explanation[];
  readonly problems: readonly Diagnostic[];
  /** If no application has the name: those that exist. */
  readonly others?: readonly string[];
}

/** Explains the values of the applications with a name, in each selected environment. */
export function explainValues(
  sources: readonly Source[],
  name: string,
  selection: Selection = {},
): Explanations {
  const { sets = [] } = selection;
  const defaults = new FolderDefaults(sources);
  const around = { sets, defaults };
  const all = sources.map((source) => ({ source, applications: applicationsIn(source, around) }));
  const about = all.filter(({ applications }) => applications.some(({ values }) => values.name === name));
  if (about.length === 0) {
    return { explanations: [], problems: parseValues(sources).problems, others: namesIn(all) };
  }
  // Problems of other files are ignored.
  const ofOthers = sets.filter((set) => !namesIn(about).includes(set.name));
  const problems = [
    ...unknownNames(
      ofOthers.filter((set) => !namesIn(all).includes(set.name)),
      namesIn(all),
    ),
    ...parseValues(
      withDefaults(
        about.map(({ source }) => source),
        sources,
      ),
      { ...selection, sets: sets.filter((set) => !ofOthers.includes(set)) },
    ).problems,
  ];
  if (problems.length > 0) return { explanations: [], problems };
  const explanations = about.flatMap(({ source: { file }, applications }) =>
    applications
      .filter(({ values }) => values.name === name && isSelected(values, selection))
      .map(({ kind, values }) => ({
        file,
        environment: values.environment,
        values: explained(kind, values),
      })),
  );
  return { explanations, problems };
}

interface ReadSource {
  readonly source: Source;
  readonly applications: readonly { readonly kind: Kind; readonly values: EnvironmentValues }[];
}

function namesIn(sources: readonly ReadSource[]): string[] {
  const names = sources.flatMap(({ applications }) => applications.map(({ values }) => values.name));
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

function applicationsIn(
  { file, text, isAbove = false }: Source,
  around: AroundDocument,
): ReadSource['applications'] {
  if (isAbove) return [];
  return parseYaml(file, text).documents.flatMap((yaml) => {
    const { document } = readDocument(yaml, around);
    return (document?.environments ?? []).map((values) => ({ kind: document?.kind as Kind, values }));
  });
}

function isSelected({ environment }: EnvironmentValues, { environments }: Selection): boolean {
  return environments === undefined || environments.includes(environment ?? '');
}

/** The values in the order of the keys; for each key, written values before defaults. */
function explained(kind: Kind, values: EnvironmentValues): ExplainedValue[] {
  const effective = effectiveValues(kind, values, values.value);
  const keys = Object.keys(documentSchema(kind).shape);
  const removed = values.overBase
    .flatMap((given) => leaves(given))
    .filter((path) => isSilent(values.value, path) && isSilent(effective, path));
  const paths = [
    ...leaves(values.value),
    ...removed,
    ...leaves(effective).filter((path) => isSilent(values.value, path) && !isEmpty(valueAt(effective, path))),
  ];
  return paths
    .toSorted(([a = ''], [b = '']) => keys.indexOf(a) - keys.indexOf(b))
    .map((path) =>
      isSilent(values.value, path) && !isSilent(effective, path)
        ? { field: formatPath(path), value: valueAt(effective, path), isDefault: true }
        : writtenValue(kind, values, path),
    );
}

/** The values with every default filled in. */
function effectiveValues(kind: Kind, { environment }: EnvironmentValues, values: Fields): object {
  const { delivery, ...props } = values;
  return {
    ...resolveKeys(KINDS[kind].keys, props),
    ...(isMap(delivery) && { delivery: resolveKeys(DELIVERY_KEYS, delivery, { environment }) }),
  };
}

function writtenValue(kind: Kind, values: EnvironmentValues, path: readonly string[]): ExplainedValue {
  const origin = values.originOf(path);
  const value = valueAt(values.value, path);
  const isDefault = value === undefined || isDeepStrictEqual(value, defaultAt(kind, values, path));
  const written = { field: formatPath(path), value, origin, isDefault };
  const replaces = values.replacedAt(path);
  return replaces === undefined ? written : { ...written, replaces };
}

/** Whether a path is not set: it has no value, and the values around it are maps, or `true` for an object's defaults. */
function isSilent(value: unknown, path: readonly string[]): boolean {
  let inner = value;
  for (const key of path) {
    if (!isMap(inner)) return inner === true;
    if (!Object.hasOwn(inner, key)) return true;
    inner = inner[key];
  }
  return inner === undefined;
}

/** The value that an optional key would have if it was not set. */
function defaultAt(kind: Kind, values: EnvironmentValues, path: readonly string[]): unknown {
  if (!isOptional(schemaAt(documentSchema(kind), path))) return undefined;
  return valueAt(effectiveValues(kind, values, withoutValueAt(values.value, path)), path);
}

function isEmpty(value: unknown): boolean {
  return isMap(value) && Object.keys(value).length === 0;
}

/** The paths of all values except maps with keys. */
function leaves(value: unknown, path: readonly string[] = []): string[][] {
  if (value === undefined) return [];
  if (!isMap(value) || (Object.keys(value).length === 0 && path.length > 0)) return [[...path]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}
