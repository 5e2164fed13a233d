import { Command } from 'commander';
import { shortened } from '../diagnostics/expected.js';
import { hideSecrets } from '../diagnostics/secrets.js';
import type { ValueEdit } from '../values/set/set-in-file.js';
import { SET_FORM } from '../values/set-values.js';
import { outputFolder, valuesPaths, type Environment, type Finish } from './command.js';
import {
  dryRunOption,
  environmentOption,
  formatOption,
  printsItsResult,
  quietOption,
  valuesOption,
  type Format,
} from './options.js';
import { printDiagnostics, printDocument, printFailure } from './print-diagnostics.js';
import { printResult } from './terminal/print.js';

interface SetFlags {
  readonly values?: string[];
  readonly environment?: string[];
  readonly dryRun?: true;
  readonly format: Format;
  readonly quiet?: true;
}

/** `worker-metrics set`. */
export function setCommand(environment: Environment, finish: Finish): Command {
  return new Command('set')
    .description('change values in the values files; comments, order and quotes stay')
    .argument('<name.key=value...>', 'values to set, such as shop.image=registry.example.com/shop:v2')
    .addOption(valuesOption())
    .addOption(environmentOption())
    .addOption(dryRunOption())
    .addOption(printsItsResult())
    .addOption(formatOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      `
${SET_FORM}

With --environment, the value is set in the section of that environment. The files are checked as synth does, before one
is written. A value that is written once and used twice (YAML's & and *) is not changed.

Exit code: 0 when the files contain the values, 1 for a problem; then nothing was written.

Examples:
  $ worker-metrics set shop.image=registry.example.com/shop:v2
  $ worker-metrics set shop.workers=8 shop.env.LOG_LEVEL=debug --environment production
  $ worker-metrics set shop.priorityClassName=null --dry-run`,
    )
    .action(
      async (given: string[], { values, environment: environments, dryRun, format, quiet }: SetFlags) => {
        const { setValues } = await import('./set-values.js');
        const options = { values: valuesPaths(values, environment), environments, dryRun };
        const result = await setValues(given, { ...options, output: outputFolder(environment) });
        if ('problems' in result) {
          const outcome =
            result.written.length > 0 ? `only ${result.written.join(', ')} written` : 'nothing was written';
          printFailure(format, result.problems, outcome);
          finish(1);
        } else if (format === 'json') {
          printDocument(result.warnings, {
            edits: result.edits.map(withoutSecrets),
            written: result.written,
          });
        } else {
          printDiagnostics(format, result.warnings);
          if (!quiet) printResult(result.edits.map(inWords).join('\n'));
        }
      },
    );
}

/** `values/shop.yaml:4: image: shop:v1 → shop:v2` */
function inWords(edit: ValueEdit): string {
  const { file, line, field } = edit;
  return `${file}:${line}: ${field}: ${change(withoutSecrets(edit))}${insteadOf(edit)}`;
}

function change({ before, after, isChanged }: ValueEdit): string {
  if (!isChanged) return before === undefined ? 'not set; unchanged' : `${asText(before)}; unchanged`;
  if (before === undefined) return `${asText(after)}; added`;
  return after === undefined ? `${asText(before)}; removed` : `${asText(before)} → ${asText(after)}`;
}

function insteadOf(edit: ValueEdit): string {
  const { inherited } = withoutSecrets(edit);
  return inherited === undefined
    ? ''
    : `, in place of ${asText(inherited.value)} in ${inherited.file}:${inherited.line}`;
}

function withoutSecrets(edit: ValueEdit): ValueEdit {
  const { field, before, after, inherited } = edit;
  const name = field.slice(field.lastIndexOf('.') + 1);
  return {
    ...edit,
    before: hideSecrets(before, name),
    after: hideSecrets(after, name),
    inherited: inherited && { ...inherited, value: hideSecrets(inherited.value, name) },
  };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : shortened(JSON.stringify(value));
}
