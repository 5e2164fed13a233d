import { Command } from 'commander';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { inspect, shortened } from '../diagnostics/expected.js';
import { isMap } from '../kubernetes/manifest.js';
import { hideSecrets } from '../diagnostics/secrets.js';
import { explainedKey } from './explained-key.js';
import { columnsOf } from './terminal/fold.js';
import { paintFor, type Paint } from './terminal/paint.js';
import { printMessage, printResult } from './terminal/print.js';
import { table } from './terminal/table.js';
import { loadSchemas, readSelected } from '../values/read-values.js';
import { explainValues, type ExplainedValue, type Explanation } from '../values/explain/explain-values.js';
import {
  environmentOption,
  formatOption,
  printsItsResult,
  setOption,
  valuesOption,
  type Format,
} from './options.js';
import { printDocument, printFailure } from './print-diagnostics.js';
import { outputFolder, valuesPaths, type Environment, type Finish } from './command.js';

interface ExplainFlags {
  readonly values?: string[];
  readonly environment?: string[];
  readonly set?: string[];
  readonly changed?: true;
  readonly format: Format;
}

/** `worker-metrics explain`. */
export function explainCommand(environment: Environment, finish: Finish): Command {
  return new Command('explain')
    .description('show every value of an application and its origin, or the meaning of a key')
    .argument('<name>', 'name of an application, or a key: metrics.monitor, WorkerApp.metrics.monitor')
    .addOption(valuesOption())
    .addOption(environmentOption())
    .addOption(setOption())
    .option('--changed', 'only the values that differ from the default')
    .addOption(printsItsResult())
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
If an application has the name of a key, the application is shown. A kind before the key means the key: WorkerApp.workers.
A kind alone lists its keys. Explaining a key needs no values files. Secrets are hidden.

Exit code: 0 when the application exists and its values are valid, or when the key exists, else 1.

Examples:
  $ worker-metrics explain shop --environment production
  $ worker-metrics explain shop --changed
  $ worker-metrics explain metrics.monitor`,
    )
    .action(async (name: string, flags: ExplainFlags) => {
      const { values, environment: environments, set, format } = flags;
      const read = readSelected({
        values: valuesPaths(values, environment),
        output: outputFolder(environment),
        set,
      });
      await loadSchemas(read.sources, read.sets);
      const found = explainValues(read.sources, name, { environments, sets: read.sets });
      const { explainKey, nearestKey } = await import('../values/explain/explain-keys.js');
      const keys = explainKey(name);
      const paint = paintFor(process.stdout);
      if (found.others !== undefined && keys.length > 0) {
        if (format === 'json') printDocument([], { keys });
        else printResult(keys.map((key) => explainedKey(key, paint)).join('\n\n'));
        return;
      }
      const unknown = found.others && unknownName(name, found.others, nearestKey(name, found.others));
      const wrong = [...read.problems, ...found.problems, ...(unknown ?? [])];
      if (wrong.length > 0) {
        printFailure(format, wrong, 'nothing was explained');
        finish(1);
        return;
      }
      const explanations = found.explanations.map((each) => shown(each, flags));
      if (format === 'json') {
        printDocument([], { explanations });
        return;
      }
      const also = keys.flatMap(({ kinds, key }) => kinds.map((kind) => `${kind}.${key}`));
      if (also.length > 0) printMessage(`${name} is a key, too: worker-metrics explain ${also.join(' or ')}`);
      printResult(explanations.map((each) => inWords(name, each, paint)).join('\n\n'));
    });
}

function unknownName(name: string, applications: readonly string[], hint: string | undefined): Diagnostic[] {
  const known =
    applications.length === 0
      ? 'there is no application'
      : `applications: ${shortened(applications.join(', '))}`;
  return [
    errorAt(
      { field: 'explain' },
      `${JSON.stringify(name)} is neither an application nor a key`,
      hint ?? `${known}; for all keys: worker-metrics explain WorkerApp`,
    ),
  ];
}

/** The values to show, without secrets. */
function shown(explanation: Explanation, { changed }: ExplainFlags): Explanation {
  const values = explanation.values.filter(({ isDefault }) => !changed || !isDefault);
  return { ...explanation, values: values.map(withoutSecrets) };
}

function withoutSecrets(explained: ExplainedValue): ExplainedValue {
  const { field, value, replaces } = explained;
  const name = field.slice(field.lastIndexOf('.') + 1);
  return {
    ...explained,
    value: hideSecrets(value, name),
    ...(replaces !== undefined && { replaces: { ...replaces, value: hideSecrets(replaces.value, name) } }),
  };
}

const HEADINGS = ['KEY', 'VALUE', 'SOURCE'];

function inWords(name: string, { file, environment, values }: Explanation, paint: Paint): string {
  const title = environment === undefined ? name : `${name} in ${environment}`;
  const rows = values.map((value) => [value.field, asText(value.value), source(value, file, paint)]);
  return [paint('heading', title), ...table(HEADINGS, rows, columnsOf(process.stdout))].join('\n');
}

function source({ origin, replaces }: ExplainedValue, file: string, paint: Paint): string {
  if (origin === undefined) return paint('aside', 'default');
  const place = origin.set ?? `${origin.file}:${origin.line}`;
  const before =
    replaces === undefined
      ? ''
      : `, in place of ${asText(replaces.value)} in ${replaces.file === file ? `line ${replaces.line}` : `${replaces.file}:${replaces.line}`}`;
  return `${place}${origin.environment === undefined ? '' : `: ${origin.environment}`}${before}`;
}

function asText(value: unknown): string {
  if (value === undefined) return '(removed)';
  // A list of maps, such as objects, would make the table as wide as all of them.
  if (Array.isArray(value))
    return value.some(isMap) ? shortened(JSON.stringify(value)) : JSON.stringify(value);
  return typeof value === 'string' ? value : inspect(value);
}
