import { textAt, type Manifest } from '../../kubernetes/manifest.js';
import type { FieldChange } from './field-changes.js';

const NOT_SHOWN = '(not shown)';

/** The fields of a Secret that hold its values. */
const VALUES: ReadonlySet<string | undefined> = new Set(['data', 'stringData']);

/** The changes without the values of a Secret: a diff goes to logs and comments. */
export function withoutSecretValues(manifest: Manifest, changes: readonly FieldChange[]): FieldChange[] {
  const isSecret = textAt(manifest, 'kind') === 'Secret';
  return changes.map((change) => {
    if (!isSecret || !VALUES.has(change.path[0])) return change;
    const { before, after } = change;
    return {
      ...change,
      ...(before !== undefined && { before: NOT_SHOWN }),
      ...(after !== undefined && { after: NOT_SHOWN }),
    };
  });
}
