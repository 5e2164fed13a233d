import { checkManifests } from '../src/checks/check-manifests.js';
import type { Diagnostic } from '../src/diagnostics/diagnostic.js';
import type { FieldPath } from '../src/diagnostics/field-path.js';
import { memo } from '../src/memo.js';
import { KINDS } from '../src/values/kinds.js';
import type { Values } from '../src/values/parse-values.js';
import { buildManifests } from './build.js';
import type { Charts } from './kinds.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Adds the place in the values file to errors about finished objects. It is the smallest part of the values without which
 * the objects do not have the error; else the name of the application.
 */
export function placedInValues(
  diagnostics: readonly Diagnostic[],
  values: Values,
  charts: Charts,
): readonly Diagnostic[] {
  if (!diagnostics.some(isWithoutPlace)) return diagnostics;
  const { source } = values;
  const causes = memo(() => new Causes(values, charts));
  return diagnostics.map((diagnostic) => {
    if (!isWithoutPlace(diagnostic)) return diagnostic;
    const cause = causes().of(diagnostic);
    const { file, line, field } = source.placeOf(cause ?? ['name']);
    const hint = [diagnostic.hint, cause && `caused by ${field}`].filter(Boolean).join('; ');
    return { ...diagnostic, file, line, ...(hint !== '' && { hint }) };
  });
}

function isWithoutPlace({ severity, file }: Diagnostic): boolean {
  return severity === 'error' && file === undefined;
}

/** The parts of the values that cause errors. */
class Causes {
  private readonly counts = new Map<string, ReadonlyMap<string, number> | undefined>();

  constructor(
    private readonly values: Values,
    private readonly charts: Charts,
  ) {}

  of(diagnostic: Diagnostic, path: FieldPath = []): FieldPath | undefined {
    const key = withoutIndexes(diagnostic);
    const before = this.countsWithout([])?.get(key) ?? 0;
    if (before === 0) return undefined; // it is not about these objects alone
    const part = partAt(this.values.source.props, path);
    for (const name of Object.keys(part ?? {})) {
      const inner = [...path, Array.isArray(part) ? Number(name) : name];
      const without = this.countsWithout(inner);
      if (without !== undefined && (without.get(key) ?? 0) < before)
        return this.of(diagnostic, inner) ?? inner;
    }
    return undefined;
  }

  /** How often each error is found without a part of the values; undefined if they are invalid without it. */
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
    for (const found of checkManifests(buildManifests({ kind, spec }, this.charts).manifests)) {
      const key = withoutIndexes(found);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }
}

/** A diagnostic as text. Indexes of lists change where an item before them is left out. */
function withoutIndexes({ object, field = '', message }: Diagnostic): string {
  return [object, field.replaceAll(/\[\d+\]/g, '[]'), message].join(' ');
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
