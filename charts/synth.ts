import { formatFinding } from '../src/checks/manifest.js';
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
}

/** What became of a run: the output folder is what the values say, or it is as it was and there are problems. */
export type SynthResult =
  | { readonly changes: OutputChanges; readonly notes: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

export async function synth({ values: paths, output }: SynthOptions): Promise<SynthResult> {
  const read = readSources(paths);
  const parsed = parseValues(read.sources);
  const problems = [...read.problems, ...parsed.problems];
  if (problems.length > 0) return { problems };

  let folder: OutputFolder | undefined;
  try {
    folder = OutputFolder.open(output);
    for await (const { name, yaml, findings } of synthesize(parsed.values)) {
      const file = `${name}.k8s.yaml`;
      problems.push(...findings.map((finding) => ({ file, message: formatFinding(finding) })));
      folder.add(name, yaml);
    }
    return problems.length > 0 ? { problems } : { changes: folder.swap(), notes: parsed.notes };
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
