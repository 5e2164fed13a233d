import path from 'node:path';
import { Command } from 'commander';
import { type Diagnostic, formatMessage } from '../diagnostics/diagnostic.js';
import type { ObjectChange } from '../output/diff/object-changes.js';
import { paintFor, type Paint } from './terminal/paint.js';
import { printContent, printMessage, printResult } from './terminal/print.js';
import type { Compared, FileDifference } from './diff-folder.js';
import { valuesPaths, type Environment, type Finish } from './command.js';
import { count } from '../diagnostics/count.js';
import { diffComment, failureComment } from './diff-markdown.js';
import { fieldTexts, stateOf, type FieldText } from './difference-text.js';
import {
  formatOption,
  outputFolderOption,
  withSynthesisOptions,
  type Format,
  type SynthesisFlags,
} from './options.js';
import { printAnnotations, printDocument, printFailure } from './print-diagnostics.js';
import { CANNOT_SAY, DIFF_NAMES } from './exit-codes.js';
import { keptLines } from './leftover-lines.js';

/** `worker-metrics diff`. */
export function diffCommand(environment: Environment, finish: Finish): Command {
  return withSynthesisOptions(
    new Command(DIFF_NAMES[0]).alias(DIFF_NAMES[1]),
    outputFolderOption(environment),
    formatOption('markdown'),
  )
    .description('show how synth would change the manifests; write nothing')
    .addHelpText(
      'after',
      `
kubectl apply deletes nothing: the kubectl delete of each object that would stay in the cluster is shown.
With --values or --environment, manifests that these values do not describe are no difference, unless --prune is given.
check is the former name of this command.

Exit code: 0 when the manifests are up to date, 1 when they differ, 2 for a problem; --quiet prints no differences.

Examples:
  $ worker-metrics diff
  $ worker-metrics diff --environment production --quiet
  $ worker-metrics diff --output ../base/dist --format markdown`,
    )
    .action(
      async ({ values, output, environment: environments, set, prune, format, quiet }: SynthesisFlags) => {
        const { diffFolder } = await import('./diff-folder.js');
        const result = await diffFolder({
          values: valuesPaths(values, environment),
          output,
          environments,
          set,
          prune,
        });
        if ('problems' in result) {
          if (format === 'markdown') printContent(failureComment(result.problems));
          printFailure(format, result.problems, 'nothing was compared');
          finish(CANNOT_SAY);
          return;
        }
        if (format === 'json') printDocument(differenceDiagnostics(output, result.differences), result);
        else if (!quiet) print(output, result, format);
        if (result.differences.length > 0) finish(1);
      },
    );
}

function print(output: string, compared: Compared, format: Format): void {
  const { differences, equal, kept } = compared;
  const paint = paintFor(process.stdout);
  for (const line of keptLines(output, kept)) printMessage(line);
  if (format === 'markdown') {
    printContent(diffComment(output, compared));
    return;
  }
  if (format === 'github') printAnnotations(differenceDiagnostics(output, differences));
  for (const difference of differences) printResult(inWords(output, difference, paint));
  const { length } = differences;
  printResult(
    length === 0
      ? `${output}: ${count(equal, 'file')} up to date`
      : `${count(length, 'file')} ${length === 1 ? 'differs' : 'differ'} from the values; run synth and commit`,
  );
}

/** An error for each file that differs, and a warning for each change that needs care. */
function differenceDiagnostics(output: string, differences: readonly FileDifference[]): Diagnostic[] {
  return differences.flatMap((difference) => {
    const file = path.join(output, difference.file);
    const message = stateOf(difference);
    return [
      { severity: 'error', file, message, hint: 'run synth and commit' },
      ...difference.changes.flatMap(({ object, warnings }) =>
        warnings.map(({ message, hint }): Diagnostic => ({
          severity: 'warning',
          file,
          object,
          message,
          hint,
        })),
      ),
    ];
  });
}

function inWords(output: string, difference: FileDifference, paint: Paint): string {
  return [
    paint('heading', `${path.join(output, difference.file)} ${stateOf(difference)}`),
    ...difference.changes.flatMap((change) => objectLines(change, paint)),
  ].join('\n');
}

function objectLines({ object, change, fields, warnings }: ObjectChange, paint: Paint): string[] {
  const title = {
    added: () => paint('good', `+ ${object}`),
    removed: () => paint('bad', `- ${object}`),
    changed: () => `~ ${object}`,
  }[change]();
  return [
    `  ${title}`,
    ...fieldTexts(fields).map((field) => `      ${fieldLine(field, paint)}`),
    ...warnings.map((warning) => `      ${paint('warning', `! ${formatMessage(warning)}`)}`),
  ];
}

function fieldLine({ field, before, after }: FieldText, paint: Paint): string {
  if (before !== undefined && after !== undefined)
    return `~ ${field}: ${paint('bad', before)} → ${paint('good', after)}`;
  if (after !== undefined) return paint('good', `+ ${field}: ${after}`);
  return before === undefined ? `~ ${field}: in another order` : paint('bad', `- ${field}: ${before}`);
}
