import { Command } from 'commander';
import { count } from '../diagnostics/count.js';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import type { ReportPage } from '../report/page.js';
import { outputFolder, valuesPaths, type Environment, type Finish } from './command.js';
import {
  environmentOption,
  formatOption,
  namespaceOption,
  outputFileOption,
  quietOption,
  setOption,
  STANDARD_OUTPUT,
  valuesOption,
  type Format,
} from './options.js';
import { printAnnotations, printDocument, printFailure } from './print-diagnostics.js';
import { printContent, printMessage } from './terminal/print.js';

interface ReportFlags {
  readonly values?: string[];
  readonly environment?: string[];
  readonly set?: string[];
  readonly output: string;
  readonly namespace?: string;
  readonly format: Format;
  readonly quiet?: true;
}

/** `worker-metrics report`. */
export function reportCommand(environment: Environment, finish: Finish): Command {
  const folder = outputFolder(environment);
  return new Command('report')
    .description('write a page that shows how the workers of each application are scraped')
    .argument(
      '[file...]',
      'manifests that belong together: YAML or JSON files, folders, - for standard input',
    )
    .addOption(valuesOption())
    .addOption(environmentOption())
    .addOption(setOption())
    .addOption(outputFileOption('wiring.html'))
    .addOption(namespaceOption('with files: namespace of objects without a namespace (default: "default")'))
    .addOption(formatOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      `
Without files: the manifests that synth would write, of all environments. The page contains the wiring of each
application, the diagnostics of trace, alerts, and the costs of scraping. It needs no network and no other file.

Exit code: 0 when the page was written, even if it shows broken chains; 1 when the values or files cannot be read.

Examples:
  $ worker-metrics report
  $ worker-metrics report --environment production --output production.html
  $ helm template ./chart -n shop | worker-metrics report - -n shop -o shop.html`,
    )
    .action(async (files: readonly string[], flags: ReportFlags) => {
      const { values, environment: environments, set, output, namespace, format, quiet } = flags;
      const fail = (problems: readonly Diagnostic[]) => {
        printFailure(format, problems, 'nothing was written');
        finish(1);
      };
      const ofValues = Object.entries({ values, environment: environments, set }).find(([, given]) => given);
      if (files.length > 0 && ofValues !== undefined) {
        const message = `manifests were named together with --${ofValues[0]}`;
        return fail([errorAt({ field: '[file...]' }, message, 'name either')]);
      }
      const { tracedFiles, tracedValues } = await import('./report-groups.js');
      const { reportPage } = await import('../report/page.js');
      const result =
        files.length > 0
          ? await tracedFiles({ files, output: folder, namespace, stdin: process.stdin })
          : await tracedValues({
              values: valuesPaths(values, environment),
              environments,
              set,
              output: folder,
            });
      if ('problems' in result) return fail(result.problems);
      const page = reportPage(result.groups);
      const isPrinted = output === STANDARD_OUTPUT;
      const { writePage } = await import('./write-page.js');
      const problem = isPrinted ? undefined : writePage(output, page.html);
      if (problem !== undefined) return fail([problem]);
      const diagnostics = result.groups.flatMap((group) => group.diagnostics);
      const { html, applications, statuses } = page;
      if (format === 'json') {
        const written = isPrinted ? { html } : { written: output };
        return printDocument(diagnostics, { ...written, applications, statuses });
      }
      if (isPrinted) return printContent(html);
      if (format === 'github') printAnnotations(diagnostics);
      if (!quiet) printMessage(summary(output, page));
    });
}

/** `wiring.html: 3 applications, 1 broken, 1 with warnings (38 kB)` */
function summary(output: string, { applications, statuses, html }: ReportPage): string {
  const parts = [
    count(applications, 'application'),
    statuses.broken > 0 && `${statuses.broken} broken`,
    statuses.warning > 0 && `${statuses.warning} with warnings`,
  ];
  const kilobytes = Math.ceil(Buffer.byteLength(html) / 1000);
  return `${output}: ${parts.filter(Boolean).join(', ')} (${kilobytes} kB)`;
}
