import type { Diagnostic } from '../src/diagnostics/diagnostic.js';
import { fileAt } from '../src/output/layout.js';
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
  return { problems, notes };
}
