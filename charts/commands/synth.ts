import path from 'node:path';
import { Command } from 'commander';
import type { OutputChanges } from '../../src/output/output-folder.js';
import { formatProblem } from '../../src/problems/problem.js';
import { synth } from '../synth.js';
import {
  count,
  report,
  valuesPaths,
  withSynthesisOptions,
  type Environment,
  type Finish,
  type SynthesisFlags,
} from './command.js';

/** `worker-metrics synth`. What it says goes to stderr, as `cdk8s synth --stdout` prints the manifests. */
export function synthCommand(environment: Environment, finish: Finish): Command {
  return withSynthesisOptions(new Command('synth'), environment)
    .description('write the manifests of all values files; on any problem, change nothing')
    .addHelpText(
      'after',
      `
Without --values: the paths in WORKER_METRICS_VALUES, joined by "${path.delimiter}", or else the folder values.

Exit code: 0 when the folder is what the values give, else 1; then it is as it was.

Examples:
  $ worker-metrics synth
  $ worker-metrics synth --values values/shop.yaml --values ../team-b/values --output out
  $ worker-metrics synth --environment production`,
    )
    .action(async ({ values, output, environment: environments, quiet }: SynthesisFlags) => {
      const result = await synth({ values: valuesPaths(values, environment), output, environments });
      if ('problems' in result) {
        const outcome = result.isPartlyWritten ? 'mend that and run synth again' : 'nothing was written';
        console.error(report(result.problems, outcome));
        finish(1);
      } else if (!quiet) {
        for (const { message, ...place } of result.notes)
          console.error(formatProblem({ ...place, message: `note: ${message}` }));
        console.error(summary(output, result.changes));
      }
    });
}

function summary(output: string, { written, unchanged, removed }: OutputChanges): string {
  return `${output}: ${count(written.length, 'file')} written, ${unchanged} unchanged, ${removed.length} removed`;
}
