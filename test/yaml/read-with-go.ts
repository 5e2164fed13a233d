import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** How Go reads a text. */
export interface GoReading {
  /** The documents that kubectl reads; those before the first that it refuses. */
  readonly documents: readonly unknown[];
  readonly error?: string;
  /** What Helm reads in a values file. */
  readonly value?: unknown;
  readonly valueError?: string;
}

/** Reads texts with the libraries of kubectl and Helm (sigs.k8s.io/yaml), in one process. */
export function readWithGo(texts: readonly string[]): GoReading[] {
  const { status, stdout, stderr, error } = spawnSync('go', ['run', '.'], {
    cwd: path.join(import.meta.dirname, 'go-reader'),
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error)
    throw new Error('Go cannot be run; install Go 1.24 or later (https://go.dev/dl)', { cause: error });
  if (status !== 0) throw new Error(`test/yaml/go-reader does not run: ${stderr}`);
  return JSON.parse(stdout) as GoReading[];
}
