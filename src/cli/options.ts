import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { outputFolder, type Environment } from './command.js';

// The options that several commands have. Each is declared here, once: it has one letter and one meaning everywhere.
// test/cli/options.test.ts holds every command to this file.

const FORMATS = {
  text: 'lines for people',
  json: 'one JSON document',
  github: 'problems as annotations of a pull request on GitHub',
  markdown: 'a comment for a pull request on GitHub',
} as const;

/** Output format of a command. */
export type Format = keyof typeof FORMATS;

/** Collects the values of an option that may be repeated. */
export function repeatable(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

export function valuesOption(): Option {
  return new Option(
    '-f, --values <path>',
    'values file, or folder of values files, - for standard input; repeatable (default: the paths in WORKER_METRICS_VALUES, joined by ' +
      `"${path.delimiter}", or else the folder values)`,
  ).argParser(repeatable);
}

export function environmentOption(): Option {
  return new Option('--environment <name>', 'only this environment; repeatable').argParser(repeatable);
}

export function setOption(): Option {
  return new Option(
    '--set <name.key=value>',
    'value for this run only, over files and environments, such as shop.image=shop:v2; repeatable (synth --help has more)',
  ).argParser(repeatable);
}

/** `--output` of synth. */
export function outputOption(environment: Environment): Option {
  return new Option('-o, --output <folder>', 'folder of the manifests, - for standard output').default(
    outputFolder(environment),
  );
}

/** `--output` of a command that reads the folder of manifests. */
export function outputFolderOption(environment: Environment): Option {
  return new Option('-o, --output <folder>', 'folder of the manifests')
    .default(outputFolder(environment))
    .argParser((folder) => {
      if (folder === STANDARD_OUTPUT)
        throw new InvalidArgumentError('This command reads the manifests in a folder.');
      return folder;
    });
}

/** `--output` of a command whose result is one file. */
export function outputFileOption(defaultFile: string): Option {
  return new Option('-o, --output <file>', 'file to write, - for standard output').default(defaultFile);
}

/** The path that means standard output. */
export const STANDARD_OUTPUT = '-';

/** Refuses flags that have no meaning with `--output -`. */
export function uselessForStandardOutput(flags: { prune?: true; dryRun?: true }): Diagnostic[] {
  return Object.entries({ '--prune': flags.prune, '--dry-run': flags.dryRun })
    .filter(([, isGiven]) => isGiven)
    .map(([field]) => errorAt({ field }, 'with --output -, nothing is written to a file', 'leave it out'));
}

/** Answers `--output`, without a line in the help, for a command that prints its result. */
export function printsItsResult(): Option {
  return new Option('-o, --output <file>').hideHelp().argParser((file) => {
    if (file === STANDARD_OUTPUT) return file;
    throw new InvalidArgumentError(
      'This command prints its result on standard output; --format json prints it as JSON.',
    );
  });
}

/** `--format`. @param more formats that only some commands have */
export function formatOption(...more: readonly 'markdown'[]): Option {
  const formats: readonly Format[] = ['text', 'json', 'github', ...more];
  const meanings = formats.map((format) => `${format} (${FORMATS[format]})`);
  return new Option('--format <format>', `format of the output: ${meanings.join(', ')}`)
    .choices(formats)
    .default('text');
}

export function quietOption(): Option {
  return new Option('-q, --quiet', 'print problems only');
}

export function pruneOption(): Option {
  return new Option(
    '--prune',
    'delete every manifest that is not in this run, not only those of removed applications',
  );
}

export function dryRunOption(): Option {
  return new Option('--dry-run', 'show what would change; change nothing');
}

export function namespaceOption(meaning: string): Option {
  return new Option('-n, --namespace <name>', meaning);
}

/** The flags that synth and diff share. */
export interface SynthesisFlags {
  readonly values?: string[];
  readonly output: string;
  readonly environment?: string[];
  readonly set?: string[];
  readonly prune?: true;
  readonly format: Format;
  readonly quiet?: true;
}

/** Adds the options of SynthesisFlags. */
export function withSynthesisOptions(command: Command, output: Option, format = formatOption()): Command {
  return command
    .addOption(valuesOption())
    .addOption(output)
    .addOption(environmentOption())
    .addOption(setOption())
    .addOption(pruneOption())
    .addOption(format)
    .addOption(quietOption());
}
