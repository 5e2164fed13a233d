import { type Diagnostic, errorAt } from '../src/diagnostics/diagnostic.js';
import { fileAt } from '../src/output/layout.js';
import { OutputFolder, PartialWriteError, type OutputChanges } from '../src/output/output-folder.js';
import { mayRemove, readValuesFor, type SynthOptions } from '../src/values/read-values.js';
import { chartsFor } from './kinds.js';
import { synthesize } from './synthesize.js';
import { systemProblem } from '../src/output/system-problem.js';

/** Either the output folder equals the values, or there are problems and it is unchanged. */
export type SynthResult =
  { readonly changes: OutputChanges; readonly notes: readonly Diagnostic[] } | NotWritten;

interface NotWritten {
  readonly problems: readonly Diagnostic[];
  /** Whether some files changed before the system refused to write one. @default false */
  readonly isPartlyWritten?: true;
}

export async function synth(options: SynthOptions): Promise<SynthResult> {
  const { output, environments } = options;
  const { values, problems, notes: ofValues } = await readValuesFor(options);
  const notes = [...ofValues];
  if (problems.length > 0) return { problems };

  try {
    const folder = OutputFolder.open(output, { environments });
    for (const { place, yaml, findings, notes: found } of synthesize(values, await chartsFor(values))) {
      const file = fileAt(place);
      problems.push(...findings.map((finding) => ({ file, ...finding })));
      notes.push(...found.map((note) => ({ file, ...note })));
      folder.add(place, yaml);
    }
    problems.push(...folder.inTheWay);
    return problems.length > 0 ? { problems } : { changes: folder.write(mayRemove(options)), notes };
  } catch (error) {
    return notWritten(error, output);
  }
}

function notWritten(error: unknown, output: string): NotWritten {
  if (!(error instanceof PartialWriteError)) return { problems: [systemProblem(error, 'written', output)] };
  const changed = error.files.map((file) => errorAt({ file }, 'was changed before this error'));
  return { problems: [systemProblem(error.cause, 'written', output), ...changed], isPartlyWritten: true };
}
