import type { Diagnostic } from '../src/diagnostics/diagnostic.js';
import { valueAt, withoutValueAt, type FieldPath } from '../src/diagnostics/field-path.js';
import { scalarText } from '../src/diagnostics/scalar-text.js';
import type { Manifest } from '../src/kubernetes/manifest.js';
import { KINDS } from '../src/values/kinds.js';
import type { Values } from '../src/values/parse-values.js';
import { withoutMigrationHashes } from '../src/worker-app/jobs/migration-job.js';
import { buildManifests } from './build.js';
import type { Charts } from './kinds.js';

/** Checks of the finished objects of one document. */
export type Check = (manifests: readonly Manifest[]) => readonly Diagnostic[];

/** The parts of the values that cause diagnostics. */
export class Causes {
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
    const { app: spec } = KINDS[kind].check(withoutValueAt(source.props, path));
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
  const part = valueAt(value, path);
  return typeof part === 'object' && part !== null ? part : undefined;
}
