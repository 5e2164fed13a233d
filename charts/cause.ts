import { checkManifests } from '../src/checks/check-manifests.js';
import type { Diagnostic } from '../src/diagnostics/diagnostic.js';
import type { FieldPath } from '../src/diagnostics/field-path.js';
import { scalarText } from '../src/diagnostics/scalar-text.js';
import { nameOf, type Manifest } from '../src/kubernetes/manifest.js';
import { memo } from '../src/memo.js';
import { KINDS } from '../src/values/kinds.js';
import { withoutMigrationHashes } from '../src/worker-app/jobs/migration-job.js';
import type { Values } from '../src/values/parse-values.js';
import { buildManifests } from './build.js';
import type { Charts } from './kinds.js';

type Fields = Readonly<Record<string, unknown>>;

/** Most documents of a run whose warnings are traced to a value: it takes as long as to build the document ten times. */
const MOST_TRACED = 20;

/** Checks of the finished objects of one document. */
type Check = (manifests: readonly Manifest[]) => readonly Diagnostic[];

/** Adds the places in the values files to diagnostics about finished objects. */
export class PlacesInValues {
  private traced = 0;
  private last: { readonly values: Values; readonly causes: Map<string, Causes> } | undefined;

  constructor(private readonly charts: Charts) {}

  /**
   * The smallest part of one of the user's objects or patches without which the objects do not have the diagnostic.
   * @param addition the path of the object or patch that causes it
   */
  within(addition: FieldPath, diagnostic: Diagnostic, values: Values): FieldPath {
    return this.causes(values, diagnostic, '', checkManifests)?.of(diagnostic, addition) ?? addition;
  }

  /**
   * The smallest part of the values that contains a wrong reference to one of the user's objects.
   * @param addition the path of the object
   */
  reference(addition: FieldPath, object: Manifest, diagnostic: Diagnostic, values: Values): FieldPath {
    const name = nameOf(object);
    const withObject: Check = (manifests) =>
      checkManifests([...manifests.filter((one) => nameOf(one) !== name), object]);
    return this.causes(values, diagnostic, name, withObject)?.of(diagnostic) ?? addition;
  }

  /** The causes in a document, for a check of this name; undefined if it takes too long to find them. */
  private causes(values: Values, { severity }: Diagnostic, name: string, check: Check): Causes | undefined {
    if (severity !== 'error' && this.traced >= MOST_TRACED) return undefined;
    if (this.last?.values !== values) {
      this.last = { values, causes: new Map() };
      if (severity !== 'error') this.traced += 1;
    }
    const causes = this.last.causes.get(name) ?? new Causes(values, this.charts, check);
    this.last.causes.set(name, causes);
    return causes;
  }

  /**
   * Adds the place of the smallest part of the values without which the objects do not have the diagnostic; else that of the
   * name of the application. One value may cause the same in several objects: it is reported once.
   *
   * @param beside checks of the objects together with those of other documents. @default - none
   */
  placed(
    diagnostics: readonly Diagnostic[],
    values: Values,
    beside: Check = () => [],
  ): readonly Diagnostic[] {
    const withoutPlace = diagnostics.filter(({ file }) => file === undefined);
    const hasErrors = withoutPlace.some(({ severity }) => severity === 'error');
    if (withoutPlace.length > 0 && !hasErrors) this.traced += 1;
    const isTraced = hasErrors || this.traced <= MOST_TRACED;
    const check: Check = (manifests) => [...checkManifests(manifests), ...beside(manifests)];
    const causes = memo(() => new Causes(values, this.charts, check));
    const once = new OnceForEachCause();
    return diagnostics.flatMap((diagnostic) => {
      if (diagnostic.file !== undefined) return once.add(diagnostic);
      const cause = isTraced ? causes().of(diagnostic) : undefined;
      const found = placedAt(diagnostic, cause, values.source);
      return cause === undefined ? [found] : once.add(found);
    });
  }
}

/** Keeps one of several diagnostics by which one value breaks several objects: the web pods and the processes. */
class OnceForEachCause {
  private readonly objects = new Map<string, string | undefined>();

  add(diagnostic: Diagnostic): Diagnostic[] {
    const { file, line, message, hint, object } = diagnostic;
    const key = JSON.stringify([file, line, message, hint]);
    if (!this.objects.has(key)) this.objects.set(key, object);
    return this.objects.get(key) === object ? [diagnostic] : [];
  }
}

function placedAt(
  diagnostic: Diagnostic,
  cause: FieldPath | undefined,
  source: Values['source'],
): Diagnostic {
  if (cause === undefined) {
    const { file, line } = source.placeOf(['name']);
    return { ...diagnostic, file, line };
  }
  const { field, ...place } = source.placeOf(cause);
  const hint = [diagnostic.hint, `caused by ${field}`].filter(Boolean).join('; ');
  return { ...diagnostic, ...place, hint };
}

/** The parts of the values that cause diagnostics. */
class Causes {
  private readonly counts = new Map<string, ReadonlyMap<string, number> | undefined>();

  constructor(
    private readonly values: Values,
    private readonly charts: Charts,
    private readonly check: Check,
  ) {}

  of(diagnostic: Diagnostic, path: FieldPath = []): FieldPath | undefined {
    const key = this.textOf(diagnostic);
    const before = this.countsWithout([])?.get(key) ?? 0;
    if (before === 0) return undefined; // it is not about these objects alone
    const part = partAt(this.values.source.props, path);
    for (const name of likelyFirst(part ?? {}, diagnostic)) {
      const inner = [...path, Array.isArray(part) ? Number(name) : name];
      const without = this.countsWithout(inner);
      // If the values need this part, a part of it may be the cause.
      const isCause = without !== undefined && (without.get(key) ?? 0) < before;
      const cause = without === undefined || isCause ? this.of(diagnostic, inner) : undefined;
      if (isCause || cause !== undefined) return cause ?? inner;
    }
    return undefined;
  }

  /** How often each diagnostic is found without a part of the values; undefined if they are invalid without it. */
  private countsWithout(path: FieldPath): ReadonlyMap<string, number> | undefined {
    const id = JSON.stringify(path);
    if (!this.counts.has(id)) this.counts.set(id, this.checked(path));
    return this.counts.get(id);
  }

  private checked(path: FieldPath): ReadonlyMap<string, number> | undefined {
    const { kind, source } = this.values;
    const { app: spec } = KINDS[kind].check(without(source.props, path));
    if (spec === undefined) return undefined;
    const counts = new Map<string, number>();
    for (const found of this.check(buildManifests({ kind, spec }, this.charts).manifests)) {
      const key = this.textOf(found);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  /** A diagnostic as text. Without an item of a list, the indexes after it change; without `namespace`, the names of objects. */
  private textOf({ object, field = '', message }: Diagnostic): string {
    const text = withoutMigrationHashes([object, field.replaceAll(/\[\d+\]/g, '[]'), message].join(' '));
    return text.replaceAll(`${this.values.spec.namespace}/`, '').replaceAll('default/', '');
  }
}

/** The keys of a part of the values: first those that contain the field of the diagnostic, then those that its message names. */
function likelyFirst(part: object, { field = '', message }: Diagnostic): string[] {
  const [last = ''] = /[^.[\]]*$/.exec(field) ?? [];
  const rank = ([key, value]: [string, unknown]) =>
    last !== '' && (key === last || hasKey(value, last)) ? 0 : isNamedIn(message, value) ? 1 : 2;
  return Object.entries(part)
    .map((entry) => ({ key: entry[0], rank: rank(entry) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ key }) => key);
}

/** Whether a value contains a key, at any depth. */
function hasKey(value: unknown, key: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => name === key || hasKey(inner, key));
}

/** Whether a message contains a value, or a value in it. */
function isNamedIn(message: string, value: unknown): boolean {
  if (typeof value === 'object' && value !== null)
    return Object.values(value).some((inner) => isNamedIn(message, inner));
  const text = scalarText(value);
  return message.includes(JSON.stringify(text)) || (text.length > 1 && message.includes(text));
}

function partAt(value: unknown, path: FieldPath): object | undefined {
  const part = path.reduce<unknown>((around, key) => (around as Fields | undefined)?.[key], value);
  return typeof part === 'object' && part !== null ? part : undefined;
}

function without(value: unknown, [key, ...rest]: FieldPath): unknown {
  if (key === undefined) return value;
  if (Array.isArray(value))
    return rest.length > 0
      ? value.with(Number(key), without(value[Number(key)], rest))
      : value.toSpliced(Number(key), 1);
  const { [key]: inner, ...others } = value as Fields;
  return rest.length > 0 ? { ...(value as Fields), [key]: without(inner, rest) } : others;
}
