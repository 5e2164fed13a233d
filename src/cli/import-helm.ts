import { Command, InvalidArgumentError } from 'commander';
import path from 'node:path';
import { intoASecret } from '../import-helm/import-warnings.js';
import { inspect } from '../diagnostics/expected.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { nearestSchema, schemaLine } from '../values/schema-line.js';
import { printContent, printMessage } from './terminal/print.js';
import type { Imported, NotCarried } from '../import-helm/import-helm.js';
import type { Finish } from './command.js';
import { count } from '../diagnostics/count.js';
import {
  dryRunOption,
  formatOption,
  namespaceOption,
  outputFileOption,
  quietOption,
  STANDARD_OUTPUT,
  uselessForStandardOutput,
  type Format,
} from './options.js';
import { printDiagnostics, printDocument, printFailure } from './print-diagnostics.js';

const DEFAULT_OUTPUT = 'values/<name>.yaml';

interface ImportFlags {
  readonly name?: string;
  readonly instance?: string;
  readonly namespace?: string;
  readonly container?: string;
  readonly workers?: number;
  readonly httpPort?: number;
  readonly output: string;
  readonly dryRun?: true;
  readonly format: Format;
  readonly quiet?: true;
}

/** `worker-metrics import-helm`. */
export function importHelmCommand(finish: Finish): Command {
  return new Command('import-helm')
    .description(
      'convert the values of an old-style Helm chart to a values file, and list the values that it cannot express',
    )
    .argument('<values.yaml>', 'Helm values, with WEB_CONCURRENCY and METRICS_START_PORT in env.config')
    .option(
      '--name <name>',
      'name of the application, if neither the values nor Chart.yaml with --instance contain it',
    )
    .option('--instance <release>', 'name of the Helm release; it keeps the selectors')
    .addOption(namespaceOption('namespace of the release'))
    .option(
      '--container <name>',
      'name of the container; helm create names it after the chart (default: "app")',
    )
    .option('--workers <count>', 'workers in each pod, if env.config.WEB_CONCURRENCY is not set', wholeNumber)
    .option('--http-port <port>', "the container's HTTP port; charts set it in a template", wholeNumber)
    .addOption(outputFileOption(DEFAULT_OUTPUT))
    .addOption(dryRunOption())
    .addOption(formatOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      `
With --quiet, problems and the values that are not in the result are printed.

Exit code: 0 when the file was written, even if some values are not in it, else 1.

Examples:
  $ worker-metrics import-helm chart/values.yaml --instance shop --namespace shop --container chart --http-port 5000
  $ worker-metrics import-helm chart/values.yaml --name shop --output - | less`,
    )
    .action(async (file: string, { output, dryRun, format, quiet, ...facts }: ImportFlags) => {
      const { importHelm, writeNew } = await import('../import-helm/import-helm.js');
      const imported = importHelm({ file, ...facts });
      if ('problems' in imported) {
        printFailure(format, imported.problems, 'nothing was written');
        finish(1);
        return;
      }
      const valuesFile = path.join('values', `${imported.name}.yaml`);
      const target = output === DEFAULT_OUTPUT ? valuesFile : output;
      const isPrinted = target === STANDARD_OUTPUT;
      const text = schemaLine(nearestSchema(isPrinted ? valuesFile : target)) + imported.text;
      const problem = isPrinted ? uselessForStandardOutput({ dryRun })[0] : writeNew(target, text, dryRun);
      if (problem !== undefined) {
        printFailure(format, [problem], 'nothing was written');
        finish(1);
        return;
      }
      const diagnostics = [
        ...imported.notCarried.map((left) => notCarried(file, left)),
        ...imported.warnings,
      ];
      if (format === 'json') {
        const written = isPrinted ? { text } : { ...(dryRun && { dryRun }), written: target };
        printDocument(diagnostics, { name: imported.name, ...written, silent: imported.unused });
        return;
      }
      if (isPrinted) printContent(text);
      else if (!quiet) printMessage(`${target}: written${dryRun ? ' (dry run)' : ''}`);
      printDiagnostics(format, diagnostics, isPrinted ? printMessage : undefined);
      if (!quiet) printSummary(imported);
    });
}

function notCarried(file: string, left: NotCarried): Diagnostic {
  const { line, field } = left;
  return { severity: 'warning', file, line, field, message: `not carried over: ${inWords(left)}` };
}

function printSummary({ notCarried, unused }: Imported): void {
  printMessage(`${count(notCarried.length, 'value')} not carried over`);
  if (unused.length > 0) printMessage(`left out, because empty or disabled: ${unused.join(', ')}`);
  printMessage(CHECK);
}

function inWords(left: NotCarried): string {
  if ('value' in left) return inspect(left.value);
  const { variable } = left;
  const advice = variable === undefined ? '' : `; ${intoASecret(variable)}`;
  return `a value that may be a secret (not shown)${advice}`;
}

const CHECK =
  'Check the values that charts set in templates: http.port, container, metrics.interval. A container of another name would ' +
  'be added beside the old one when this is applied to its Deployment. Containers run as user 1000 with a read-only file ' +
  'system unless runAsUser is set.';

function wholeNumber(text: string): number {
  if (!/^[0-9]+$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}
