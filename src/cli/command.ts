import path from 'node:path';
import type { Command } from 'commander';
import { formatOption, type Format } from './report.js';
import { DEFAULT_VALUES } from '../values/read-values.js';

/** What a command looks up in the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Tells the exit code of a command that ran. */
export type Finish = (exitCode: number) => void;

/** For options that may be given more than once. */
export function repeatable(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** What a command about values files and a folder of manifests is told. */
export interface SynthesisFlags {
  readonly values?: string[];
  readonly output: string;
  readonly environment?: string[];
  readonly prune?: true;
  readonly format: Format;
  readonly quiet?: true;
}

/** Adds the options that SynthesisFlags holds. */
export function withSynthesisOptions(command: Command, environment: Environment): Command {
  return command
    .option('-f, --values <path>', 'values file, or folder of values files; repeatable', repeatable)
    .option('-o, --output <folder>', 'folder of the manifests', outputFolder(environment))
    .option(
      '--environment <name>',
      'only this environment; the others stay as they are; repeatable',
      repeatable,
    )
    .option('--prune', 'with --values or --environment: delete manifests that these values do not describe')
    .addOption(formatOption())
    .option('-q, --quiet', 'print problems only');
}

/** The values files to read: those given, or those of the environment, or all in the default folder. */
export function valuesPaths(
  given: readonly string[] | undefined,
  { WORKER_METRICS_VALUES }: Environment,
): readonly string[] {
  const inEnvironment = WORKER_METRICS_VALUES?.split(path.delimiter).filter((part) => part !== '') ?? [];
  return given ?? (inEnvironment.length > 0 ? inEnvironment : [DEFAULT_VALUES]);
}

/** The folder of manifests that cdk8s names, or its default. */
export function outputFolder({ CDK8S_OUTDIR }: Environment): string {
  return CDK8S_OUTDIR ?? 'dist';
}
