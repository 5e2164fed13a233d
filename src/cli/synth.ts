import path from 'node:path';
import { Command } from 'commander';
import type { OutputChanges } from '../output/output-folder.js';
import { printMessage } from './terminal/print.js';
import { SET_FORM } from '../values/set-values.js';
import { mayRemove } from '../values/read-values.js';
import { synth } from '../../charts/main.js';
import { valuesPaths, type Environment, type Finish } from './command.js';
import { count } from '../diagnostics/count.js';
import { printManifests } from './print-manifests.js';
import { printDiagnostics, printDocument, printFailure } from './print-diagnostics.js';
import {
  dryRunOption,
  outputOption,
  STANDARD_OUTPUT,
  withSynthesisOptions,
  type SynthesisFlags,
} from './options.js';
import { keptLines, removedLines, writtenLines } from './leftover-lines.js';

export interface SynthFlags extends SynthesisFlags {
  readonly dryRun?: true;
}

/** `worker-metrics synth`. Messages go to stderr: `cdk8s synth --stdout` prints the manifests on stdout. */
export function synthCommand(environment: Environment, finish: Finish): Command {
  return withSynthesisOptions(new Command('synth'), outputOption(environment))
    .addOption(dryRunOption())
    .description('write the manifests of all values files; with a problem, change nothing')
    .addHelpText(
      'after',
      `
Without --values and --environment, the manifests of removed applications are deleted, and each is named. With --values
or --environment, nothing is deleted, unless --prune is given: then all manifests in the folder (with --environment: in
the folders of these environments) that these values do not describe. Files that this program did not write always stay.

In --set NAME.KEY=VALUE, ${SET_FORM}

With --output -, the manifests of one environment are printed as one YAML stream. With --dry-run, the files that would
be written or deleted are named.

Exit code: 0 when the manifests are up to date, 1 for a problem; then nothing was changed. --dry-run does not change it.

Examples:
  $ worker-metrics synth
  $ worker-metrics synth --values values/shop.yaml --values ../team-b/values --output out --prune
  $ worker-metrics synth --environment production --set shop.image=registry.example.com/shop:v2
  $ worker-metrics synth --environment production --output - | kubectl apply -f -`,
    )
    .action(async (flags: SynthFlags) => {
      const { values: given, output, environment: environments, set, prune, dryRun, format, quiet } = flags;
      if (output === STANDARD_OUTPUT) {
        finish(await printManifests(flags, environment));
        return;
      }
      const options = { values: valuesPaths(given, environment), output, environments, set, prune, dryRun };
      const result = await synth(options);
      const isEmptied = isEmptiedByCdk8s(environment, output);
      if ('problems' in result) {
        const outcome = result.isPartlyWritten
          ? 'only some files were written; fix that and run synth again'
          : 'nothing was written';
        printFailure(format, result.problems, outcome);
        if (isEmptied) printMessage(`${emptied(output)}; restore it from git`);
        finish(1);
      } else if (format === 'json') {
        printDocument(result.notes, { ...(dryRun && { dryRun }), ...result.changes });
      } else if (!quiet) {
        printDiagnostics(format, result.notes);
        if (isEmptied && !mayRemove(options))
          printMessage(`${emptied(output)}: it contains only the manifests of these values`);
        const { kept, removed, written } = result.changes;
        const done = [
          ...(dryRun ? writtenLines(output, written) : []),
          ...removedLines(output, removed),
          summary(output, result.changes),
        ].map((line) => (dryRun ? `${line} (dry run)` : line));
        printMessage([...keptLines(output, kept), ...done].join('\n'));
      }
    });
}

function summary(output: string, { written, unchanged, removed }: OutputChanges): string {
  return `${output}: ${count(written.length, 'file')} written, ${unchanged} unchanged, ${removed.length} removed`;
}

/** The cdk8s CLI removes its output folder before it starts the app; for `--stdout` it makes a temporary one. */
function isEmptiedByCdk8s({ CDK8S_RECORD_CONSTRUCT_METADATA }: Environment, output: string): boolean {
  return CDK8S_RECORD_CONSTRUCT_METADATA !== undefined && !path.basename(output).startsWith('cdk8s-');
}

function emptied(output: string): string {
  return `${output}: the cdk8s CLI emptied this folder first; "npx worker-metrics synth" does not do that`;
}
