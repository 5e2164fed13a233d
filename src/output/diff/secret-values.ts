import { HIDDEN, hideSecrets } from '../../diagnostics/secrets.js';
import { textAt, type Manifest } from '../../kubernetes/manifest.js';
import type { FieldChange } from './field-changes.js';

/** The fields of a Secret that hold its values. */
const VALUES: ReadonlySet<string | undefined> = new Set(['data', 'stringData']);

/**
 * The changes without the values of a Secret, and without values whose names tell that they are secret: a diff goes to logs
 * and comments.
 */
export function withoutSecretValues(manifest: Manifest, changes: readonly FieldChange[]): FieldChange[] {
  const isSecret = textAt(manifest, 'kind') === 'Secret';
  return changes.map((change) => {
    const { path, before, after } = change;
    const hide = (value: unknown) =>
      isSecret && VALUES.has(path[0]) ? HIDDEN : hideSecrets(value, nameOf(path));
    return {
      ...change,
      ...(before !== undefined && { before: hide(before) }),
      ...(after !== undefined && { after: hide(after) }),
    };
  });
}

/** The name of a field; of a variable of a container (`env[DB_PASSWORD].value`), the variable's. */
function nameOf(path: readonly string[]): string {
  const name = (path.at(-1) === 'value' ? path.at(-2) : path.at(-1)) ?? '';
  return name.replaceAll(/[[\]"]/g, '');
}
