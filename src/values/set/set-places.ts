import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.js';
import { didYouMean, knownAre, nearestName } from '../../diagnostics/expected.js';
import { valueAt } from '../../diagnostics/field-path.js';
import { isMap } from '../../kubernetes/manifest.js';
import { isOptional, schemaAt, takesNull } from '../../schema/schema-walk.js';
import type { YamlDocument } from '../../yaml/yaml-document.js';
import { documentSchema } from '../document/document-schema.js';
import type { EnvironmentValues, WrittenValue } from '../document/environment-values.js';
import { ENVIRONMENTS } from '../document/written-document.js';
import type { SetValue } from '../set-values.js';
import type { ValuesDocument } from '../document/values-document.js';

/** A value to set, and a document of its application. */
export interface Target {
  readonly yaml: YamlDocument;
  readonly document: ValuesDocument;
  readonly set: SetValue;
}

/** The place of a value to set: in an environment of a document, or in its base. */
export interface SetPlace extends Target {
  readonly environment?: string | undefined;
}

export function nameOf(values: unknown): unknown {
  return (values as { readonly name?: unknown } | null)?.name;
}

/** The places of a value to set in a document. @param environments @default - the base; the environments, if only they have the name */
export function placesOf(target: Target, environments: readonly string[]): SetPlace[] {
  const { yaml, document, set } = target;
  const isOfBase = nameOf(yaml.value) === set.name;
  if (isOfBase && environments.length === 0) return [target];
  return document.environments
    .filter(({ name }) => isOfBase || name === set.name)
    .filter(({ environment = '' }) => environments.length === 0 || environments.includes(environment))
    .map(({ environment }) => ({ ...target, environment }));
}

/** The path of the value in its document. */
export function pathOf({ set, environment }: SetPlace): string[] {
  return environment === undefined ? [...set.path] : [ENVIRONMENTS, environment, ...set.path];
}

/** The values of a place in each of its environments. */
function valuesIn({ document, environment }: SetPlace): readonly EnvironmentValues[] {
  return document.environments.filter(
    (values) => environment === undefined || values.environment === environment,
  );
}

/** The values of Defaults below a place: those of the first environment in which they have the path. */
export function inheritedIn(place: SetPlace): Readonly<Record<string, unknown>> {
  const all = valuesIn(place).map(({ inherited }) => inherited);
  return all.find((inherited) => valueAt(inherited, place.set.path) !== undefined) ?? all[0] ?? {};
}

/** The value of Defaults that a path has, and its place. */
export function inheritedAt(place: SetPlace, path: readonly string[]): WrittenValue | undefined {
  return valuesIn(place)
    .find((values) => values.isInherited(path))
    ?.inheritedAt(path);
}

/** Warnings about environments with a value of their own, which hides the one that is set in the base. */
export function ownValues({ set, document, environment }: SetPlace): Diagnostic[] {
  if (environment !== undefined) return [];
  return document.environments.flatMap((values) => {
    const { environment: own } = values.originOf(set.path);
    if (own === undefined || values.isInherited(set.path)) return [];
    const message = `${own} keeps this value of its own`;
    return [
      {
        ...values.placeOf(set.path),
        severity: 'warning' as const,
        message,
        hint: `change it with --environment ${own}`,
      },
    ];
  });
}

/** A problem if the application is in none of the environments. @param known all environments in the files */
export function withoutEnvironment(
  { given, name }: SetValue,
  environments: readonly string[],
  known: ReadonlySet<string>,
): Diagnostic {
  const [first = ''] = environments;
  const hint =
    known.size === 0 ? 'no file has environments' : `${knownAre([...known])}${didYouMean(first, [...known])}`;
  return errorAt({ field: given }, `${name} has no environment ${environments.join(' or ')}`, hint);
}

/** A problem if null would remove a value of the base that is not there: usually the key is misspelt. */
export function removesNothing(place: SetPlace): Diagnostic[] {
  const { yaml, document, set, environment } = place;
  const path = set.path.slice(0, -1);
  const around = { ...mapAt(inheritedIn(place), path), ...mapAt(yaml.value, path) };
  const key = set.path.at(-1) ?? '';
  const field = schemaAt(documentSchema(document.kind), set.path);
  const isFree = field !== undefined && !isOptional(field) && !takesNull(field);
  if (environment !== undefined || set.value !== null || !isFree) return [];
  if (Object.hasOwn(around, key)) return [];
  const hint = nearestName(key, Object.keys(around));
  return [errorAt({ field: set.given }, 'null removes a value, but there is none', hint)];
}

function mapAt(values: unknown, path: readonly string[]): object {
  const value = valueAt(values, path);
  return isMap(value) ? value : {};
}
