import { Command, InvalidArgumentError } from 'commander';
import path from 'node:path';
import { nearestSchema, schemaLine } from '../values/json-schema/schema-line.js';
import { printContent, printMessage } from './terminal/print.js';
import type { Imported } from '../import-helm/import-helm.js';
import type { Finish } from './command.js';
import { count } from '../diagnostics/count.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { importDiagnostics, strictErrors } from './import-helm-diagnostics.js';
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
  readonly strict?: true;
  readonly dryRun?: true;
  readonly format: Format;
  readonly quiet?: true;
}

/** `worker-metrics import-helm`. */
export function importHelmCommand(finish: Finish): Command {
  return new Command('import-helm')
    .description(
      'convert a Helm chart to a values file that takes its live Deployment over, and list what differs, by what it costs',
    )
    .argument(
      '<chart>',
      'manifests of helm template or helm get manifest; or Helm values, as helm create lays them out; or the folder of a chart, for its values; - for standard input',
    )
    .option(
      '--name <name>',
      'name of the Deployment with the web pods, if there are several; with Helm values, name of the application, if neither the chart nor --instance say it',
    )
    .option('--instance <release>', 'name of the Helm release; it keeps the selectors')
    .addOption(namespaceOption('namespace of the release'))
    .option(
      '--container <name>',
      "name of the application's container (default: the chart's name; in manifests, the first one)",
    )
    .option(
      '--workers <count>',
      'workers in each pod, if neither WEB_CONCURRENCY nor the command says it',
      wholeNumber,
    )
    .option(
      '--http-port <port>',
      "the container's HTTP port (default: the port that the Service leads to)",
      wholeNumber,
    )
    .option('--strict', 'write nothing if a difference is more than cosmetic')
    .addOption(outputFileOption(DEFAULT_OUTPUT))
    .addOption(dryRunOption())
    .addOption(formatOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      `
With --quiet, problems and what is not in the result are printed.

Exit code: 0 when the file was written, even if some of the chart is not in it; else 1.

Examples:
  $ worker-metrics import-helm chart/values.yaml --instance shop --workers 4 --output - | less
  $ helm get manifest shop -n shop | worker-metrics import-helm - --workers 4 -n shop
  $ helm template shop ./chart -n shop -f production.yaml | worker-metrics import-helm - --strict -n shop`,
    )
    .action(async (chart: string, { output, strict, dryRun, format, quiet, ...facts }: ImportFlags) => {
      const { importHelm } = await import('../import-helm/import-helm.js');
      const { writeNew } = await import('../import-helm/write-new.js');
      const fail = (problems: readonly Diagnostic[]) => {
        printFailure(format, problems, 'nothing was written');
        finish(1);
      };
      const imported = importHelm({ file: chart, ...facts });
      if ('problems' in imported) return fail(imported.problems);
      const valuesFile = path.join('values', `${imported.name}.yaml`);
      const target = output === DEFAULT_OUTPUT ? valuesFile : output;
      const isPrinted = target === STANDARD_OUTPUT;
      const file = isPrinted ? valuesFile : target;
      const text = schemaLine(nearestSchema(file)) + imported.text;
      const { synthErrors } = await import('./import-helm-check.js');
      const refused = synthErrors(file, text);
      const errors = strict ? strictErrors(imported, refused, file) : [];
      if (errors.length > 0) return fail(errors);
      const problem = isPrinted ? uselessForStandardOutput({ dryRun })[0] : writeNew(target, text, dryRun);
      if (problem !== undefined) return fail([problem]);
      const { defaultsFor } = await import('../values/problems/defaults-for.js');
      const shared = defaultsFor(file);
      const diagnostics = [...importDiagnostics(imported, refused), ...shared];
      if (format === 'json') {
        const written = isPrinted ? { text } : { ...(dryRun && { dryRun }), written: target };
        const { name, patches, unused: silent } = imported;
        return printDocument(diagnostics, { name, ...written, patches, silent });
      }
      if (isPrinted) printContent(text);
      else if (!quiet) printMessage(`${target}: written${dryRun ? ' (dry run)' : ''}`);
      const shown = quiet ? diagnostics.filter(({ severity }) => severity !== 'note') : diagnostics;
      printDiagnostics(format, shown, isPrinted ? printMessage : undefined);
      if (!quiet) printSummary(imported);
    });
}

function printSummary({ notCarried, losses, cosmetic, patches, unused, ofValues }: Imported): void {
  const costly = (cost: string) => losses.filter((loss) => loss.cost === cost).length;
  if (ofValues) printMessage(`${count(notCarried.length, 'value')} not carried over`);
  printMessage(
    `${patches === 1 ? '1 patch' : `${patches} patches`}; differences: ${costly('keeps pods from running')} keep pods from running, ` +
      `${costly('security')} of security, ${costly('metrics')} of metrics, ${costly('availability')} of availability, ` +
      `${cosmetic.length} cosmetic`,
  );
  if (unused.length > 0) printMessage(`left out, because empty or disabled: ${unused.join(', ')}`);
  printMessage(NULLS);
  if (ofValues) printMessage(CHECK);
}

const NULLS =
  'null removes a default that the chart does not have. Without these lines, the pods pass Pod Security restricted: delete ' +
  'them one by one, and test.';

const CHECK =
  'Check the values that charts set in templates: http.port, container, metrics.interval. A container of another name would ' +
  'be added beside the old one when this is applied to its Deployment. The output of helm template contains all of them.';

function wholeNumber(text: string): number {
  if (!/^[0-9]+$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}
