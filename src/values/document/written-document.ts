import { DNS_1123_LABEL, matches } from '../../kubernetes/text-formats.js';
import { DELIVERY_FOLDER } from '../../output/layout.js';
import { expected } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { isMap } from '../../kubernetes/manifest.js';
import type { YamlDocument } from '../../yaml/yaml-document.js';

type Fields = Readonly<Record<string, unknown>>;

/** The key of a document's environments. */
export const ENVIRONMENTS = 'environments';

/** A document of a values file, as it is written. */
export interface WrittenDocument {
  readonly yaml: YamlDocument;
  /** The values of every environment. */
  readonly base: Fields;
  /** The values of each environment. Undefined if there are no environments. */
  readonly environments?: ReadonlyMap<string, Fields>;
}

/** Splits a document into its base and its environments. Invalid environments are left out, and are problems. */
export function writtenDocument(
  yaml: YamlDocument,
  value: Fields,
): { readonly written?: WrittenDocument; readonly problems: readonly FieldDiagnostic[] } {
  const { kind: _, [ENVIRONMENTS]: given, ...base } = value;
  if (given === undefined) return { written: { yaml, base }, problems: [] };
  if (!isMap(given) || Object.keys(given).length === 0) {
    const message = expected('a map of environments, such as dev: {…}', given);
    const names = (Array.isArray(given) ? given : [given]).filter((name) => matches(DNS_1123_LABEL, name));
    const map = names.map((name) => `${String(name)}: {}`).join(', ');
    const hint = names.length > 0 ? { hint: `write environments: { ${map} }` } : {};
    return { problems: [{ path: [ENVIRONMENTS], message, ...hint }] };
  }
  const problems: FieldDiagnostic[] = [];
  const environments = new Map<string, Fields>();
  for (const [i, [name, values]] of Object.entries(given).entries()) {
    const before = Object.entries(given)
      .slice(0, i)
      .findLast(([, other]) => isMap(other) || other === null);
    const wrong = environmentProblems(name, values, before?.[1] === null ? before[0] : undefined);
    problems.push(...wrong);
    if (wrong.length === 0) environments.set(name, isMap(values) ? values : {});
  }
  return { written: { yaml, base, environments }, problems };
}

/** @param empty the environment before it, if it has no values: the lines that belong to it may not be indented */
function environmentProblems(name: string, given: unknown, empty: string | undefined): FieldDiagnostic[] {
  const path = [ENVIRONMENTS, name];
  if (!matches(DNS_1123_LABEL, name))
    return [{ path, message: expected(DNS_1123_LABEL.what, name), inKey: true }];
  if (name === DELIVERY_FOLDER) {
    const message = `"${name}" is the name of the folder for Argo CD and Flux`;
    const hint = 'choose another name';
    return [{ path, message, hint, inKey: true }];
  }
  if (given === null) return []; // an environment without differences
  if (!isMap(given)) {
    const message = expected('a map of values that differ from the base', given);
    return [{ path, message, ...(empty !== undefined && { hint: `indent it, if it belongs to ${empty}` }) }];
  }
  return ['kind', ENVIRONMENTS]
    .filter((key) => Object.hasOwn(given, key))
    .map((key) => ({
      path: [...path, key],
      message: 'belongs to the document, not to an environment',
      hint: 'move it out of environments',
      inKey: true,
    }));
}
