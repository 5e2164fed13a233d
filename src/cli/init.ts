import path from 'node:path';
import { Command } from 'commander';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Initialized } from '../init/init-project.js';
import type { Environment, Finish } from './command.js';
import { count } from '../diagnostics/count.js';
import type { AnswerFlags } from './init-answers.js';
import { formatOption, type Format } from './options.js';
import { printDiagnostics, printDocument, printFailure } from './print-diagnostics.js';
import { printMessage } from './terminal/print.js';

interface InitFlags extends AnswerFlags {
  readonly package?: string;
  readonly format: Format;
}

/** `worker-metrics init`. */
export function initCommand(environment: Environment, finish: Finish): Command {
  return new Command('init')
    .description('make a project: a values file, package.json, cdk8s.yaml and a CI workflow')
    .argument('[folder]', 'folder of the project; its files stay as they are', '.')
    .option('--name <name>', 'name of the application (default: name of the folder)')
    .option('--image <reference>', 'container image')
    .option('--workers <count>', 'worker processes in each pod')
    .option('--port <port>', 'port on which the application listens in the container (default: 8000)')
    .option('-y, --yes', 'ask nothing; by default, the image is an example, and there are 4 workers')
    .option('--typescript', 'describe the application in charts/main.ts instead of a values file')
    .option(
      '--package <spec>',
      'the project installs this package from there: a version, a git URL, or a file that npm pack made (default: where npx got this command from)',
    )
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
In a terminal, the command asks for the answers that are not given. Without a terminal, --image and --workers are
required, unless --yes is given. A tarball of this package is copied into the project, to vendor.

Exit code: 0 when the project is complete, 1 for a problem; then nothing was written.

Examples:
  $ worker-metrics init shop
  $ worker-metrics init shop --image registry.example.com/shop:1.0.0 --workers 4 --port 8000
  $ worker-metrics init . --yes --typescript`,
    )
    .action(async (folder: string, flags: InitFlags) => {
      const { answersFor } = await import('./init-answers.js');
      const { initProject } = await import('../init/init-project.js');
      const { format } = flags;
      const fail = (problems: readonly Diagnostic[]) => {
        printFailure(format, problems, 'nothing was written');
        finish(1);
      };
      const found = await answersFor(folder, flags, environment);
      if (found === 'cancelled') {
        printMessage('cancelled; nothing was written');
        finish(1);
        return;
      }
      if ('problems' in found) return fail(found.problems);
      const { answers } = found;
      const result = await initProject({
        folder,
        answers,
        typescript: flags.typescript === true,
        package: flags.package,
      });
      if ('problems' in result) return fail(result.problems);
      const { warnings: ofProject, ...made } = result;
      const warnings = [...found.warnings, ...ofProject];
      if (format === 'json') return printDocument(warnings, { folder, ...made });
      printMessage(inWords(folder, result));
      printDiagnostics(format, warnings);
      printMessage(['Next:', ...result.next.map((command) => `  ${command}`)].join('\n'));
    });
}

function inWords(folder: string, { written, kept, byHand }: Initialized): string {
  const inFolder = (file: string) => `  ${path.join(folder, file)}`;
  return [
    `${count(written.length, 'file')} written${written.length > 0 ? ':' : ''}`,
    ...written.map(inFolder),
    ...(kept.length > 0 ? [`${count(kept.length, 'file')} kept, already there:`, ...kept.map(inFolder)] : []),
    ...(byHand.length > 0
      ? ['To do by hand:', ...byHand.map(({ file, change }) => `  ${file}: ${change}`)]
      : []),
  ].join('\n');
}
