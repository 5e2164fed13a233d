import path from 'node:path';
import { Command } from 'commander';
import { dump } from 'js-yaml';
import { formatFieldPath, type FieldChange } from '../output/diff/field-changes.js';
import type { ObjectChange } from '../output/diff/object-changes.js';
import { paintFor, type Paint } from './terminal/paint.js';
import { printMessage, printResult } from './terminal/print.js';
import type { FileDifference } from './check-folder.js';
import {
  count,
  report,
  valuesPaths,
  withSynthesisOptions,
  type Environment,
  type Finish,
  type SynthesisFlags,
} from './command.js';
import { keptLines } from './leftover-lines.js';

/** `worker-metrics check`. */
export function checkCommand(environment: Environment, finish: Finish): Command {
  return withSynthesisOptions(new Command('check'), environment)
    .description('show what a synthesis would change in the folder of manifests; write nothing')
    .addHelpText(
      'after',
      `
kubectl apply deletes nothing: each object that it leaves behind is shown with its kubectl delete.
With --values or --environment, manifests that these values do not describe are no difference, unless --prune is given.

Exit code: 0 when the folder is what the values give, else 1; with --quiet, that alone tells.

Examples:
  $ worker-metrics check
  $ worker-metrics check --environment production --quiet`,
    )
    .action(async ({ values, output, environment: environments, prune, quiet }: SynthesisFlags) => {
      const { check } = await import('./check-folder.js');
      const result = await check({ values: valuesPaths(values, environment), output, environments, prune });
      const say = quiet ? () => {} : (text: string) => printResult(text);
      if ('problems' in result) {
        printMessage(report(result.problems, 'nothing was compared'));
        finish(1);
        return;
      }
      if (!quiet) for (const line of keptLines(output, result.kept)) printMessage(line);
      if (result.differences.length > 0) {
        const paint = paintFor(process.stdout);
        for (const difference of result.differences) say(inWords(output, difference, paint));
        const number = result.differences.length;
        say(
          `${count(number, 'file')} ${number === 1 ? 'is' : 'are'} not what the values give; run synth and commit`,
        );
        finish(1);
      } else {
        say(`${output}: ${count(result.equal, 'file')} as the values give`);
      }
    });
}

const STATES = {
  missing: 'is missing',
  stale: 'belongs to no values any more',
  different: 'differs',
  'not YAML': 'is not YAML',
} as const;

function inWords(output: string, { file, state, changes }: FileDifference, paint: Paint): string {
  const onlyText = state === 'different' && changes.length === 0 ? ' in its text, not in its objects' : '';
  return [
    paint('heading', `${path.join(output, file)} ${STATES[state]}${onlyText}`),
    ...changes.flatMap((change) => objectLines(change, paint)),
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
    ...fields.map((field) => `      ${fieldLine(field, paint)}`),
    ...warnings.map((warning) => `      ${paint('warning', `! ${warning}`)}`),
  ];
}

function fieldLine({ path, before, after, order }: FieldChange, paint: Paint): string {
  const field = formatFieldPath(path);
  if (order) return `~ ${field}: in another order`;
  if (before === undefined) return paint('good', `+ ${field}: ${onOneLine(after)}`);
  if (after === undefined) return paint('bad', `- ${field}: ${onOneLine(before)}`);
  return `~ ${field}: ${paint('bad', onOneLine(before))} → ${paint('good', onOneLine(after))}`;
}

/** A value as YAML on one line. */
function onOneLine(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : dump(value, { flowLevel: 0, lineWidth: -1 }).trim();
}
