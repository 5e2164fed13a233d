import { formatFinding } from '../src/checks/manifest.js';
import { fileAt } from '../src/output/layout.js';
import { ForeignFolderError, OutputFolder, type OutputChanges } from '../src/output/output-folder.js';
import type { Problem } from '../src/problems/problem.js';
import { isSystemError, systemReason } from '../src/problems/system-error.js';
import { parseValues } from '../src/values/parse-values.js';
import { readSources } from '../src/values/sources.js';
import { synthesize } from './synthesize.js';

export interface SynthOptions {
  /** Values files, and folders of them. */
  readonly values: readonly string[];
  /** Folder for the manifests. */
  readonly output: string;
  /** Only these environments; what others have is neither judged nor touched. @default - everything */
  readonly environments?: readonly string[] | undefined;
}

/** What became of a run: the output folder is what the values say, or it is as it was and there are problems. */
export type SynthResult = { readonly changes: OutputChanges } | { readonly problems: readonly Problem[] };

export function synth({ values: paths, output, environments }: SynthOptions): SynthResult {
  const read = readSources(paths);
  const parsed = parseValues(read.sources, { environments });
  const problems = [...read.problems, ...parsed.problems];
  if (problems.length > 0) return { problems };

  let folder: OutputFolder | undefined;
  try {
    folder = OutputFolder.open(output, { environments });
    for (const { place, yaml, findings } of synthesize(parsed.values)) {
      const file = fileAt(place);
      problems.push(...findings.map((finding) => ({ file, message: formatFinding(finding) })));
      folder.add(place, yaml);
    }
    return problems.length > 0 ? { problems } : { changes: folder.swap() };
  } catch (error) {
    if (error instanceof ForeignFolderError) return { problems: [{ file: output, message: error.message }] };
    if (!isSystemError(error)) throw error;
    return {
      problems: [{ file: error.path ?? output, message: `cannot be written: ${systemReason(error)}` }],
    };
  } finally {
    folder?.discard();
  }
}
