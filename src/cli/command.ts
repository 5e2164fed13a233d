import path from 'node:path';
import type { Command } from 'commander';
import { formatOption, type Format } from './report.js';
import { DEFAULT_VALUES } from '../values/read-values.js';

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Sets the exit code of a command. */
export type Finish = (exitCode: number) => void;

/** Collects the values of an option that may be repeated. */
export function repeatable(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** Options of a command that reads values files and a folder of manifests. */
export interface SynthesisFlags {
  readonly values?: string[];
  readonly output: string;
  readonly environment?: string[];
  readonly prune?: true;
  readonly format: Format;
  readonly quiet?: true;
}

/** Adds the options of SynthesisFlags. */
export function withSynthesisOptions(command: Command, environment: Environment): Command {
  return command
    .option('-f, --values <path>', 'values file, or folder of values files; repeatable', repeatable)
    .option('-o, --output <folder>', 'folder of the manifests', outputFolder(environment))
    .option(
      '--environment <name>',
      'only this environment; the others stay unchanged; repeatable',
      repeatable,
    )
    .option('--prune', 'with --values or --environment: delete manifests that these values do not describe')
    .addOption(formatOption())
    .option('-q, --quiet', 'print problems only');
}

/** The values files to read: of --values, or of WORKER_METRICS_VALUES, or all in the default folder. */
export function valuesPaths(
  given: readonly string[] | undefined,
  { WORKER_METRICS_VALUES }: Environment,
): readonly string[] {
  const inEnvironment = WORKER_METRICS_VALUES?.split(path.delimiter).filter((part) => part !== '') ?? [];
  return given ?? (inEnvironment.length > 0 ? inEnvironment : [DEFAULT_VALUES]);
}

/** The folder of manifests: CDK8S_OUTDIR, which the cdk8s CLI sets, or the default. */
export function outputFolder({ CDK8S_OUTDIR }: Environment): string {
  return CDK8S_OUTDIR ?? 'dist';
}
