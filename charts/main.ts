import { type Diagnostic, errorAt } from '../src/diagnostics/diagnostic.js';
import { fileAt } from '../src/output/layout.js';
import { OutputFolder, PartlySwapped, type OutputChanges } from '../src/output/output-folder.js';
import { mayRemove, readValuesFor, type SynthOptions } from '../src/values/read-values.js';
import { chartsFor } from './kinds.js';
import { synthesize } from './synthesize.js';
import { systemProblem } from '../src/output/system-problem.js';

/** What became of a run: the output folder is what the values say, or it is as it was and there are problems. */
export type SynthResult =
  { readonly changes: OutputChanges; readonly notes: readonly Diagnostic[] } | NotWritten;

interface NotWritten {
  readonly problems: readonly Diagnostic[];
  /** Whether some files are new all the same: the system refused the rest, and the way back. @default false */
  readonly isPartlyWritten?: true;
}

export async function synth(options: SynthOptions): Promise<SynthResult> {
  const { output, environments } = options;
  const { values, problems, notes: ofValues } = await readValuesFor(options);
  const notes = [...ofValues];
  if (problems.length > 0) return { problems };

  let folder: OutputFolder | undefined;
  try {
    folder = OutputFolder.open(output, { environments });
    for (const { place, yaml, findings, notes: found } of synthesize(values, await chartsFor(values))) {
      const file = fileAt(place);
      problems.push(...findings.map((finding) => ({ ...finding, file })));
      notes.push(...found.map((note) => ({ ...note, file })));
      folder.add(place, yaml);
    }
    problems.push(...folder.inTheWay);
    return problems.length > 0 ? { problems } : { changes: folder.swap(mayRemove(options)), notes };
  } catch (error) {
    return notWritten(error, output);
  } finally {
    folder?.discard();
  }
}

function notWritten(error: unknown, output: string): NotWritten {
  if (!(error instanceof PartlySwapped)) return { problems: [systemProblem(error, 'written', output)] };
  const stuck = error.files.map((file) => errorAt({ file }, 'has changed, and could not be put back'));
  return { problems: [systemProblem(error.cause, 'written', output), ...stuck], isPartlyWritten: true };
}
