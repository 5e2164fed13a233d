import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, succeeded } from './run-command.js';

/** The package, as `npm pack` makes it. */
export interface Packed {
  /** Path of the tarball: `npm install` accepts it. */
  readonly tarball: string;
  /** Paths in the package. */
  readonly files: readonly string[];
  /** Bytes of the tarball. */
  readonly size: number;
  /** Bytes of its files. */
  readonly unpackedSize: number;
}

interface Outcome {
  readonly packed?: Packed;
  readonly error?: string;
}

/**
 * Packs the package, for `*.slow.test.ts` and `*.e2e.ts`. A run of the tests packs it once: `npm pack` writes lib/ of
 * the clone, so two at a time would break each other. Other test files wait for the first.
 */
export function packed(): Packed {
  const folder = process.env['PACKED_FOLDER'];
  if (folder === undefined)
    throw new Error('PACKED_FOLDER is not set: add packed-folder.setup.mjs to the jest config');
  const file = path.join(folder, 'outcome.json');
  if (isFirst(folder)) {
    writeFileSync(`${file}.part`, JSON.stringify(pack(folder)));
    renameSync(`${file}.part`, file);
  }
  while (!existsSync(file)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  const outcome = JSON.parse(readFileSync(file, 'utf8')) as Outcome;
  if (outcome.packed === undefined) throw new Error(outcome.error);
  return outcome.packed;
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(path.join(folder, 'begun'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

interface NpmPack {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
  readonly size: number;
  readonly unpackedSize: number;
}

function pack(folder: string): Outcome {
  try {
    const { stdout } = succeeded(run('npm', ['pack', '--json', '--pack-destination', folder]));
    const [npm] = JSON.parse(stdout) as [NpmPack];
    const { filename, size, unpackedSize } = npm;
    const files = npm.files.map(({ path }) => path);
    return { packed: { tarball: path.join(folder, filename), files, size, unpackedSize } };
  } catch (error) {
    return { error: String(error) };
  }
}
