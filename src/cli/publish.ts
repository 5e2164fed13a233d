import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { printable } from '../diagnostics/printable.js';
import { paintFor } from './terminal/paint.js';
import { printContent, printMessage } from './terminal/print.js';
import type { PublishFolderResult } from './publish-folder.js';
import { valuesPaths, type Environment, type Finish } from './command.js';
import { count } from '../diagnostics/count.js';
import {
  dryRunOption,
  formatOption,
  outputFolderOption,
  pruneOption,
  quietOption,
  valuesOption,
  type Format,
} from './options.js';
import { printDocument, printFailure } from './print-diagnostics.js';

interface PublishFlags {
  readonly repo: string;
  readonly branch: string;
  readonly path?: string;
  readonly environment?: string;
  readonly values?: string[];
  readonly prune?: true;
  readonly output: string;
  readonly message?: string;
  readonly dryRun?: true;
  readonly format: Format;
  readonly quiet?: true;
}

/** `worker-metrics publish`. */
export function publishCommand(environment: Environment, finish: Finish): Command {
  return new Command('publish')
    .description('commit the manifests to a branch of a GitOps repository, and push')
    .requiredOption('--repo <url>', 'the repository, as git takes it')
    .requiredOption('--branch <name>', 'its branch; created if it does not exist')
    .option(
      '--path <folder>',
      'folder in the repository; files outside of it stay unchanged (default: the root)',
    )
    .addOption(
      new Option('--environment <name>', 'publish only this environment, without its folder').argParser(once),
    )
    .addOption(outputFolderOption(environment))
    .addOption(valuesOption())
    .addOption(pruneOption())
    .option('--message <text>', 'subject of the commit; the changed applications are listed below it')
    .addOption(dryRunOption())
    .addOption(formatOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      `
Manifests that the folder does not contain are deleted from the repository, with two exceptions: manifests that values
describe (--values, WORKER_METRICS_VALUES, and the folder values), because a narrowed synth may have left them out, and
those of environments that the folder does not have. Files that this program did not write always stay.
A push is never forced: if others push at the same time, the change is repeated on top of theirs.
With --dry-run, the diff of the branch is printed, and nothing is pushed.
Authentication is git's own: keys, credential helpers, GIT_ASKPASS, GIT_SSH_COMMAND.

Exit code: 0 when the branch has the manifests (with --dry-run: when it would have them), else 1.

Examples:
  $ worker-metrics publish --repo git@example.com:team/gitops.git --branch main --path apps/shop
  $ worker-metrics publish --repo ../gitops --branch production --environment production --dry-run`,
    )
    .action(async ({ format, quiet, values: given, ...flags }: PublishFlags) => {
      const { publishFolder } = await import('./publish-folder.js');
      const result = await publishFolder({
        ...flags,
        values: valuesPaths(given, environment),
      });
      if ('problems' in result) {
        printFailure(format, result.problems, 'not published');
        finish(1);
        return;
      }
      if (format === 'json') {
        printDocument([], result);
        return;
      }
      if (result.diff !== undefined) printContent(coloured(result.diff));
      if (quiet) return;
      for (const line of [...keptLines(flags, result), ...removedLines(flags, result)]) printMessage(line);
      printMessage(`${flags.branch}: ${summary(result)}`);
      const { length } = result.outdated;
      if (length > 0)
        printMessage(
          `warning: ${flags.output}: ${count(length, 'file')} ${length === 1 ? 'differs' : 'differ'} from the values; run synth first`,
        );
    });
}

/** Refuses an option that is given twice: publish takes one environment. */
function once(value: string, earlier: string | undefined): string {
  if (earlier === undefined) return value;
  throw new InvalidArgumentError('This command publishes one environment: run it once for each.');
}

function summary({ changes, commit, diff }: PublishFolderResult): string {
  if (changes.length === 0 && commit === undefined) return 'already has these manifests';
  const [added, changed, removed] = (['added', 'changed', 'removed'] as const).map(
    (change) => changes.filter((other) => other.change === change).length,
  );
  const what = `${count(added ?? 0, 'file')} added, ${changed} changed, ${removed} removed`;
  return diff === undefined ? `${what}, commit ${commit?.slice(0, 10)}` : `${what}; nothing was pushed`;
}

/** Colours a diff of git if the output shows colours. */
function coloured(diff: string): string {
  const paint = paintFor(process.stdout);
  const styles = { '+': 'good', '-': 'bad', '@': 'aside', d: 'heading' } as const;
  return diff.replaceAll(/^([-+@d]).*$/gm, (line, first: keyof typeof styles) => paint(styles[first], line));
}

function keptLines(
  { branch, path: folder = '' }: Pick<PublishFlags, 'branch' | 'path'>,
  { kept }: PublishFolderResult,
): string[] {
  return kept.map(({ file, reason }) => {
    return `${branch}: ${printable(path.posix.join(folder, file))}: kept: ${reason}; --prune removes it`;
  });
}

function removedLines(
  { branch, path: folder = '' }: Pick<PublishFlags, 'branch' | 'path'>,
  { changes, diff }: PublishFolderResult,
): string[] {
  const removed = changes.filter(({ change }) => change === 'removed');
  return diff === undefined
    ? removed.map(({ file }) => `${branch}: ${printable(path.posix.join(folder, file))}: removed`)
    : []; // the diff shows them
}
