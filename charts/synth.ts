import path from 'node:path';
import { formatFinding } from '../src/checks/manifest.js';
import { fileAt } from '../src/output/layout.js';
import { IN_THE_WAY, OutputFolder, type OutputChanges } from '../src/output/output-folder.js';
import type { Problem } from '../src/problems/problem.js';
import { isSystemError, systemReason } from '../src/problems/system-error.js';
import { readValuesFor, type SynthOptions } from './read-values.js';
import { chartsFor } from './kinds.js';
import { synthesize } from './synthesize.js';

/** What became of a run: the output folder is what the values say, or it is as it was and there are problems. */
export type SynthResult =
  | { readonly changes: OutputChanges; readonly notes: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

export async function synth(options: SynthOptions): Promise<SynthResult> {
  const { output, ...selection } = options;
  const { values, problems, notes } = readValuesFor(options);
  if (problems.length > 0) return { problems };

  let folder: OutputFolder | undefined;
  try {
    folder = OutputFolder.open(output, selection);
    for (const { place, yaml, findings } of synthesize(values, await chartsFor(values))) {
      const file = fileAt(place);
      problems.push(...findings.map((finding) => ({ file, message: formatFinding(finding) })));
      folder.add(place, yaml);
    }
    problems.push(...folder.inTheWay.map((file) => ({ file: path.join(output, file), message: IN_THE_WAY })));
    return problems.length > 0 ? { problems } : { changes: folder.swap(), notes };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return {
      problems: [{ file: error.path ?? output, message: `cannot be written: ${systemReason(error)}` }],
    };
  } finally {
    folder?.discard();
  }
}
