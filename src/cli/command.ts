import path from 'node:path';
import { DEFAULT_VALUES } from '../values/files/sources.js';

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Sets the exit code of a command. */
export type Finish = (exitCode: number) => void;

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
