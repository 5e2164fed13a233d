import { Command } from 'commander';
import { inspect } from '../diagnostics/expected.js';
import { columnsOf } from './terminal/fold.js';
import { paintFor, type Paint } from './terminal/paint.js';
import { printResult } from './terminal/print.js';
import { table } from './terminal/table.js';
import { loadSchemas, readSelected } from '../values/read-values.js';
import { explainValues, type ExplainedValue, type Explanation } from '../values/explain-values.js';
import {
  environmentOption,
  formatOption,
  printsItsResult,
  setOption,
  valuesOption,
  type Format,
} from './options.js';
import { printDocument, printFailure } from './report.js';
import { outputFolder, valuesPaths, type Environment, type Finish } from './command.js';

interface ExplainFlags {
  readonly values?: string[];
  readonly environment?: string[];
  readonly set?: string[];
  readonly format: Format;
}

/** `worker-metrics explain`. */
export function explainCommand(environment: Environment, finish: Finish): Command {
  return new Command('explain')
    .description('show every value of an application and its origin: default, base or environment')
    .argument('<name>', 'name of the application')
    .addOption(valuesOption())
    .addOption(environmentOption())
    .addOption(setOption())
    .addOption(printsItsResult())
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Exit code: 0 when the application exists and its values are valid, else 1.

Examples:
  $ worker-metrics explain shop
  $ worker-metrics explain shop --environment production`,
    )
    .action(async (name: string, { values, environment: environments, set, format }: ExplainFlags) => {
      const read = readSelected({
        values: valuesPaths(values, environment),
        output: outputFolder(environment),
        set,
      });
      await loadSchemas(read.sources, read.sets);
      const { explanations, problems } = explainValues(read.sources, name, {
        environments,
        sets: read.sets,
      });
      const wrong = [...read.problems, ...problems];
      if (wrong.length > 0) {
        printFailure(format, wrong, 'nothing was explained');
        finish(1);
      } else if (format === 'json') {
        printDocument([], { explanations });
      } else {
        const paint = paintFor(process.stdout);
        printResult(explanations.map((each) => inWords(name, each, paint)).join('\n\n'));
      }
    });
}

const HEADINGS = ['KEY', 'VALUE', 'SOURCE'];

function inWords(name: string, { file, environment, values }: Explanation, paint: Paint): string {
  const title = environment === undefined ? name : `${name} in ${environment}`;
  const rows = values.map((value) => [value.field, asText(value.value), source(value, file, paint)]);
  return [paint('heading', title), ...table(HEADINGS, rows, columnsOf(process.stdout))].join('\n');
}

function source({ origin, replaces }: ExplainedValue, file: string, paint: Paint): string {
  if (origin === undefined) return paint('aside', 'default');
  const place = origin.set ?? `${file}:${origin.line}`;
  const before =
    replaces === undefined ? '' : `, in place of ${asText(replaces.value)} in line ${replaces.line}`;
  return `${place}${origin.environment === undefined ? '' : `: ${origin.environment}`}${before}`;
}

function asText(value: unknown): string {
  if (value === undefined) return '(removed)';
  if (Array.isArray(value)) return JSON.stringify(value);
  return typeof value === 'string' ? value : inspect(value);
}
