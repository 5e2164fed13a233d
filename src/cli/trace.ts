import { Command, InvalidArgumentError } from 'commander';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { DNS_1123_LABEL, matches } from '../kubernetes/text-formats.js';
import { paintFor, type Paint } from './terminal/paint.js';
import { printResult } from './terminal/print.js';
import { columnsOf } from './terminal/fold.js';
import { chainTable } from './trace-table.js';
import type { TraceOf } from './trace-files.js';
import { count } from '../diagnostics/count.js';
import { formatOption, namespaceOption, printsItsResult, quietOption, type Format } from './options.js';
import { diagnosticLine, printAnnotations, printDocument, printFailure } from './print-diagnostics.js';
import { outputFolder, type Environment, type Finish } from './command.js';

interface TraceFlags {
  readonly format: Format;
  readonly namespace?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly strict?: true;
}

/** `worker-metrics trace`. */
export function traceCommand(environment: Environment, finish: Finish): Command {
  const folder = outputFolder(environment);
  return new Command('trace')
    .description('follow the metrics of every worker, from the monitor to the application')
    .argument(
      '[file...]',
      'manifests that belong together: YAML or JSON files, folders, - for standard input',
    )
    .addOption(
      namespaceOption('namespace of objects without a namespace (default: "default")').argParser(dnsLabel),
    )
    .addOption(printsItsResult())
    .addOption(formatOption())
    .addOption(quietOption())
    .option('--verbose', 'print a line for each worker; otherwise equal workers share a line')
    .option('--strict', 'fail on warnings too')
    .addHelpText(
      'after',
      `
Without files: the manifests in ${folder}; each environment is traced separately.

With --quiet, broken chains and errors are printed, with --strict warnings too.

Exit code: 0 when no chain is broken, the API server refuses no object, and the operator drops none; else 1.
Warnings do not count, except with --strict.

Examples:
  $ worker-metrics trace
  $ helm template ./chart -n shop | worker-metrics trace - -n shop
  $ kubectl get deploy,service,servicemonitor -n shop -o yaml | worker-metrics trace - --format json`,
    )
    .action(async (files: readonly string[], flags: TraceFlags) => {
      const { format, namespace, quiet = false, verbose = false, strict = false } = flags;
      const { traceFiles } = await import('./trace-files.js');
      const result = await traceFiles({ files, output: folder, namespace, stdin: process.stdin });
      if ('problems' in result) {
        printFailure(format, result.problems, 'nothing was traced');
        finish(1);
        return;
      }
      const fails = (trace: TraceOf) => isBroken(trace) || (strict && trace.diagnostics.length > 0);
      if (format === 'json') printDocument(...document(result.traces));
      else {
        const shown = quiet ? result.traces.filter(fails) : result.traces;
        const paint = paintFor(process.stdout);
        for (const trace of shown)
          print(trace, { quiet, verbose, warnings: !quiet || strict, format, paint });
      }
      finish(result.traces.some(fails) ? 1 : 0);
    });
}

/** The diagnostics and the chains of all traces. */
function document(traces: readonly TraceOf[]): [Diagnostic[], object] {
  return [
    traces.flatMap(({ notes, diagnostics }) => [...notes, ...diagnostics]),
    { traces: traces.map(({ of, files, chains }) => ({ of, files, chains })) },
  ];
}

function dnsLabel(text: string): string {
  if (!matches(DNS_1123_LABEL, text)) throw new InvalidArgumentError(`Expected ${DNS_1123_LABEL.what}.`);
  return text;
}

function isBroken({ chains, diagnostics }: TraceOf): boolean {
  return diagnostics.some(({ severity }) => severity === 'error') || chains.some((chain) => !chain.isWhole);
}

interface Printing {
  /** Whether to leave out whole chains. */
  readonly quiet: boolean;
  /** Whether each chain has its own line. */
  readonly verbose: boolean;
  readonly warnings: boolean;
  readonly format: Exclude<Format, 'json'>;
  readonly paint: Paint;
}

function print(trace: TraceOf, { quiet, verbose, warnings, format, paint }: Printing): void {
  const broken = trace.chains.filter(({ isWhole }) => !isWhole);
  const chains = quiet ? broken : trace.chains;
  printResult(
    paint('heading', `${trace.of}: ${count(trace.chains.length, 'chain')}, ${broken.length} broken`),
  );
  if (chains.length > 0)
    printResult(chainTable(chains, { verbose, paint, columns: columnsOf(process.stdout) }).join('\n'));
  if (trace.chains.length === 0) printResult(paint('warning', NOTHING));
  const found = [...(quiet ? [] : trace.notes), ...trace.diagnostics].filter(
    ({ severity }) => severity !== 'warning' || warnings,
  );
  if (format === 'github') printAnnotations(found);
  else
    for (const one of found)
      printResult(diagnosticLine(isPlaced(one, trace) ? one : { ...one, file: undefined }, paint));
}

/** Whether to print the diagnostic's file: for a single file, the heading names it. */
function isPlaced({ line }: Diagnostic, { files }: TraceOf): boolean {
  return files > 1 || line !== undefined;
}

const NOTHING =
  'no monitor found, no container port named metrics-#, and no application with a port for each worker';
