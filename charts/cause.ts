import { checkManifests } from '../src/checks/check-manifests.js';
import type { Diagnostic } from '../src/diagnostics/diagnostic.js';
import type { FieldPath } from '../src/diagnostics/field-path.js';
import { scalarText } from '../src/diagnostics/scalar-text.js';
import type { Manifest } from '../src/kubernetes/manifest.js';
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
  private last: { readonly values: Values; readonly causes: Causes } | undefined;

  constructor(private readonly charts: Charts) {}

  /**
   * The smallest part of one of the user's objects or patches without which the objects do not have the diagnostic.
   * @param addition the path of the object or patch that causes it
   */
  within(addition: FieldPath, diagnostic: Diagnostic, values: Values): FieldPath {
    if (diagnostic.severity !== 'error' && this.traced >= MOST_TRACED) return addition;
    if (this.last?.values !== values) {
      this.last = { values, causes: new Causes(values, this.charts, checkManifests) };
      if (diagnostic.severity !== 'error') this.traced += 1;
    }
    return this.last.causes.of(diagnostic, addition) ?? addition;
  }

  /**
   * Adds the place of the smallest part of the values without which the objects do not have the diagnostic; else that of the
   * name of the application.
   *
   * @param beside checks of the objects together with those of other documents. @default - none
   */
  placed(
    diagnostics: readonly Diagnostic[],
    values: Values,
    beside: Check = () => [],
  ): readonly Diagnostic[] {
    const withoutPlace = diagnostics.filter(({ file }) => file === undefined);
    if (withoutPlace.length === 0) return diagnostics;
    const hasErrors = withoutPlace.some(({ severity }) => severity === 'error');
    if (!hasErrors) this.traced += 1;
    const isTraced = hasErrors || this.traced <= MOST_TRACED;
    const { source } = values;
    const check: Check = (manifests) => [...checkManifests(manifests), ...beside(manifests)];
    const causes = memo(() => new Causes(values, this.charts, check));
    return diagnostics.map((diagnostic) => {
      if (diagnostic.file !== undefined) return diagnostic;
      const cause = isTraced ? causes().of(diagnostic) : undefined;
      const { file, line, field } = source.placeOf(cause ?? ['name']);
      const hint = [diagnostic.hint, cause && `caused by ${field}`].filter(Boolean).join('; ');
      return { ...diagnostic, file, line, ...(hint !== '' && { hint }) };
    });
  }
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
    let first: FieldPath | undefined;
    for (const [name, value] of Object.entries(part ?? {})) {
      const inner = [...path, Array.isArray(part) ? Number(name) : name];
      const without = this.countsWithout(inner);
      if (without === undefined) {
        // The values need this part. A part of it may be the cause.
        first ??= this.of(diagnostic, inner);
        continue;
      }
      if ((without.get(key) ?? 0) >= before) continue;
      first ??= inner;
      if (!isNamedIn(diagnostic.message, value)) continue;
      first = inner;
      break;
    }
    return first && (this.of(diagnostic, first) ?? first);
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

/** Whether a message contains a value, or a value in it. */
function isNamedIn(message: string, value: unknown): boolean {
  if (typeof value === 'object' && value !== null)
    return Object.values(value).some((inner) => isNamedIn(message, inner));
  const text = scalarText(value);
  return text.length > 1 && message.includes(text);
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
