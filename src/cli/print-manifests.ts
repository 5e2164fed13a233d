import { manifestStream } from '../../charts/manifest-stream.js';
import { outputFolder, valuesPaths, type Environment } from './command.js';
import { count } from '../diagnostics/count.js';
import { uselessForStandardOutput } from './options.js';
import type { SynthFlags } from './synth.js';
import { printDiagnostics, printDocument, printFailure } from './print-diagnostics.js';
import { printContent, printMessage } from './terminal/print.js';

/**
 * `synth --output -`: prints the manifests as one YAML stream on standard output, and nothing else there.
 * @returns the exit code
 */
export async function printManifests(flags: SynthFlags, environment: Environment): Promise<number> {
  const { format, quiet } = flags;
  const problems = uselessForStandardOutput(flags);
  const result =
    problems.length > 0
      ? { problems }
      : await manifestStream({
          values: valuesPaths(flags.values, environment),
          environments: flags.environment,
          set: flags.set,
          output: outputFolder(environment),
        });
  if ('problems' in result) {
    printFailure(format, result.problems, 'nothing was printed', printMessage);
    return 1;
  }
  const { text, notes, forDelivery } = result;
  if (format === 'json') {
    printDocument(notes, { text });
    return 0;
  }
  if (!quiet) {
    printDiagnostics(format, notes, printMessage);
    if (forDelivery > 0)
      printMessage(
        `${count(forDelivery, 'file')} for Argo CD or Flux not printed; synth writes them to a folder`,
      );
  }
  printContent(text);
  return 0;
}
