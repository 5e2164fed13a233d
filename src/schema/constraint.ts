import type { z } from 'zod';
import { fieldDiagnostics, unusable } from './field-diagnostics.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { isMap } from '../kubernetes/manifest.js';
import { type Keys, type ResolvedKeys } from './key.js';
import { acceptsKeys, resolveKeys, type GivenKeys } from './object-of-keys.js';

/** A condition between keys. It is checked only when each key that it reads is valid by itself. */
export interface Constraint<App, Given = object> {
  /** The keys that it reads: `metrics.startPort`. Keys inside them count too. */
  readonly reads: readonly string[];
  /**
   * Maps by name whose entries it checks one by one. They are not in `reads`: an invalid entry hides only its own problems.
   * @default - none
   */
  readonly ofEach?: readonly string[];
  /**
   * The top-level keys that it is about: it is checked only if one of them is given.
   * @default - those of `ofEach`; without any, it is checked for every application
   */
  readonly onlyWith?: readonly string[];
  /**
   * The problems, if the condition is not met.
   * @param app the resolved value of each key
   * @param given the props, without keys that are invalid by themselves
   */
  problems(app: App, given: Given): readonly FieldDiagnostic[];
}

/** Constraints about some keys: they are checked only if one of these is given. Those with `ofEach` keep their maps. */
export function onlyWith<App, Given>(
  keys: readonly (keyof App & string)[],
  constraints: readonly Constraint<App, Given>[],
): Constraint<App, Given>[] {
  return constraints.map((constraint) => ({ onlyWith: constraint.ofEach ?? keys, ...constraint }));
}

/** The result of a check of props: all problems, or the resolved value of each key. */
export type Checked<App> =
  | { readonly problems: readonly FieldDiagnostic[]; readonly app?: undefined }
  | { readonly problems?: undefined; readonly app: App };

/**
 * Checks props: each key by itself, then the constraints between them. All problems are reported together.
 * @param context values that defaults read instead of the top-level keys (see `resolveKeys`)
 */
export function checkKeys<K extends Keys>(
  keys: K,
  schema: z.ZodType<GivenKeys<K>>,
  constraints: readonly Constraint<ResolvedKeys<K>, GivenKeys<K>>[],
  props: unknown,
  context?: object,
): Checked<ResolvedKeys<K>> {
  const alone = acceptsKeys(keys, props) ? unusable(props) : fieldDiagnostics(schema, props);
  if (alone.length > 0 && !isMap(props)) return { problems: alone };
  const invalid = alone.map(({ path }) => path);
  const given = withoutInvalid(keys, props as object, invalid) as GivenKeys<K>;
  const app = resolveKeys(keys, given, context);
  const problems = [...alone, ...brokenConstraints(constraints, app, given, invalid)];
  return problems.length > 0 ? { problems } : { app };
}

/** The problems of the constraints. It is a function of its own, because V8 optimises its loop: that takes a fifth of the time then. */
function brokenConstraints<App, Given extends object>(
  constraints: readonly Constraint<App, Given>[],
  app: App,
  given: Given,
  invalid: readonly Path[],
): FieldDiagnostic[] {
  const fields = invalid.map(formatPath);
  const readsValidFields = ({ reads }: Constraint<App, Given>) =>
    !reads.some((read) => fields.some((field) => overlap(read, field)));
  const problems: FieldDiagnostic[] = [];
  for (const constraint of constraints) {
    if (!isAbout(constraint, given) || (fields.length > 0 && !readsValidFields(constraint))) continue;
    const found = constraint.problems(app, given);
    problems.push(...(fields.length > 0 ? outside(constraint, invalid, found) : found));
  }
  return problems;
}

/** Whether one of the keys that a constraint is about is given. */
function isAbout<App, Given>({ ofEach, onlyWith = ofEach }: Constraint<App, Given>, given: Given): boolean {
  if (onlyWith === undefined) return true;
  for (const key of onlyWith) if ((given as Readonly<Record<string, unknown>>)[key] !== undefined) return true;
  return false;
}

type Path = readonly (string | number)[];

/** Props that can be resolved: invalid keys are left out, or set to their example if they are required. */
function withoutInvalid(keys: Keys, props: object, invalid: readonly Path[]): object {
  if (invalid.length === 0) return props;
  const valid = new Map<string | number, unknown>(Object.entries(props));
  for (const [name, inner] of byFirstKey(invalid)) {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    const value = valid.get(name);
    const isValidMap = isMap(value) && inner.every(({ length }) => length > 0);
    if (isValidMap) valid.set(name, withoutInvalid(key?.keys ?? {}, value, inner));
    else if (key?.isRequired) valid.set(name, key.example);
    else valid.delete(name);
  }
  return Object.fromEntries(valid);
}

/** Groups paths by their first key; the values are the rests of the paths. */
function byFirstKey(paths: readonly Path[]): Map<string | number, Path[]> {
  const rests = new Map<string | number, Path[]>();
  for (const [name = '', ...rest] of paths) {
    const others = rests.get(name);
    if (others === undefined) rests.set(name, [rest]);
    else others.push(rest);
  }
  return rests;
}

/** The problems that are not in an invalid entry of the maps of a constraint. */
function outside<App, Given>(
  { ofEach = [] }: Constraint<App, Given>,
  invalid: readonly Path[],
  problems: readonly FieldDiagnostic[],
): FieldDiagnostic[] {
  return problems.filter(
    ({ path: [map, name] }) =>
      !(ofEach.includes(String(map)) && invalid.some(([key, entry]) => key === map && entry === name)),
  );
}

function overlap(one: string, other: string): boolean {
  return one === other || isWithin(one, other) || isWithin(other, one);
}

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
}
