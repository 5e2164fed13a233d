import { placed } from '../../diagnostics/diagnostic.js';
import { nearestName } from '../../diagnostics/expected.js';
import { removedEntries } from '../../worker-app/processes/removed-entries.js';
import type { DocumentProblem } from './document-problems.js';
import type { EnvironmentValues } from '../document/environment-values.js';
import type { ValuesDocument } from '../document/values-document.js';

const MESSAGE = 'null removes a value of the application, but the application does not contain it';

/**
 * Nulls by which a process or job removes nothing, of the application or of the layers below, in any environment: usually
 * the name is misspelled. Defaults may hold for applications that contain the value.
 *
 * @param wanted the environments to validate
 */
export function entriesRemovedInVain(
  { kind, environments }: ValuesDocument,
  wanted: readonly EnvironmentValues[],
): DocumentProblem[] {
  if (kind !== 'WorkerApp') return [];
  const found = new Map<string, { readonly problem: DocumentProblem; readonly isWanted: boolean }>();
  const useful = new Set<string>();
  for (const values of environments) {
    for (const { path, entries } of removedEntries(values.value)) {
      if (values.isInherited(path)) continue;
      const place = values.placeOf(path);
      const key = JSON.stringify(place);
      const name = String(path.at(-1));
      if (entries.includes(name) || values.nullWithoutValue(path) === undefined) useful.add(key);
      const hint = nearestName(name, entries) ?? 'remove it';
      const problem = { problem: placed({ path, message: MESSAGE, hint }, place), isInherited: false };
      found.set(key, { problem, isWanted: wanted.includes(values) || found.get(key)?.isWanted === true });
    }
  }
  return [...found].flatMap(([key, { problem, isWanted }]) =>
    useful.has(key) || !isWanted ? [] : [problem],
  );
}
