import { type Diagnostic, errorAt } from '../src/diagnostics/diagnostic.js';
import { OutputFolder, PartialWriteError, type OutputChanges } from '../src/output/output-folder.js';
import { mayRemove, readValuesFor, type SynthOptions } from '../src/values/read-values.js';
import { problemsWith, synthesizeAll } from './synthesize-all.js';
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
  const { output, environments, dryRun = false } = options;
  const { values, problems: wrong, notes: ofValues } = await readValuesFor(options);
  if (wrong.length > 0) return { problems: await problemsWith(wrong, values) };

  try {
    const folder = OutputFolder.open(output, { environments });
    const { problems, notes } = await synthesizeAll(values, ({ place, yaml }) => folder.add(place, yaml));
    problems.push(...folder.inTheWay);
    if (problems.length > 0) return { problems };
    const changes = dryRun ? folder.plan(mayRemove(options)) : folder.write(mayRemove(options));
    return { changes, notes: [...ofValues, ...notes] };
  } catch (error) {
    return notWritten(error, output);
  }
}

function notWritten(error: unknown, output: string): NotWritten {
  if (!(error instanceof PartialWriteError)) return { problems: [systemProblem(error, 'written', output)] };
  const changed = error.files.map((file) => errorAt({ file }, 'was changed before this error'));
  return { problems: [systemProblem(error.cause, 'written', output), ...changed], isPartlyWritten: true };
}
