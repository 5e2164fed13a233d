import type { Diagnostic } from '../src/diagnostics/diagnostic.js';
import { fileAt, placeOf } from '../src/output/layout.js';
import type { Values } from '../src/values/parse-values.js';
import { chartsFor } from './kinds.js';
import { synthesize, type Synthesized } from './synthesize.js';

/** The diagnostics about the manifests of a run. Each names the manifest's file. */
export interface CheckResult {
  readonly problems: Diagnostic[];
  readonly notes: Diagnostic[];
}

/** Synthesizes all documents, and passes each manifest file to `add`. */
export async function synthesizeAll(
  values: readonly Values[],
  add: (synthesized: Synthesized) => void,
): Promise<CheckResult> {
  const problems: Diagnostic[] = [];
  const notes: Diagnostic[] = [];
  for (const synthesized of synthesize(values, await chartsFor(values))) {
    const file = fileAt(synthesized.place);
    problems.push(...synthesized.errors.map((error) => ({ file, ...error })));
    notes.push(...synthesized.notes.map((note) => ({ file, ...note })));
    add(synthesized);
  }
  return { problems: eachOnce(problems), notes: eachOnce(notes) };
}

/** The diagnostics without those that differ only in the namespace: several environments have the value that causes them. */
function eachOnce(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { object } = diagnostic;
    const key = JSON.stringify({ ...diagnostic, object: object?.replace(/ .*\//, ' ') });
    if (!found.has(key)) found.set(key, diagnostic);
  }
  return [...found.values()];
}

/**
 * All problems of a run in which some values are invalid: these, and the errors in the manifests of the other documents.
 *
 * @param values the valid documents
 */
export async function problemsWith(
  invalid: readonly Diagnostic[],
  values: readonly Values[],
): Promise<readonly Diagnostic[]> {
  const { problems } = await synthesizeAll(ofDifferentFiles(values), () => undefined);
  return [...invalid, ...problems];
}

/** Documents that would write the same file are a problem of the values already. */
function ofDifferentFiles(values: readonly Values[]): Values[] {
  const taken = new Set<string>();
  return values.filter(({ spec: { name }, environment }) => {
    const place = placeOf({ name, environment });
    const isFirst = !taken.has(place);
    taken.add(place);
    return isFirst;
  });
}
