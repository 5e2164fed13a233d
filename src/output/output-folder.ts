import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { MANAGED_BY } from '../kubernetes/labels.js';

/** What a run changed in an output folder: names of files. */
export interface OutputChanges {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

const EXTENSION = '.k8s.yaml';

/**
 * A folder of manifests that is replaced as a whole. Files are first written beside it; `swap` then moves each into
 * place in one step, and removes those that no longer belong. So each file is whole at any moment, the old one or the
 * new one, whatever interrupts the run; and the next run, which writes what is still to be written, finishes the job.
 * Files of other kinds are left alone.
 */
export class OutputFolder {
  private readonly written: string[] = [];
  private readonly kept = new Set<string>();

  /**
   * @throws ForeignFolderError when the folder holds manifests, and none of ours
   * @throws a system error when the folder, or one beside it, cannot be written
   */
  static open(folder: string): OutputFolder {
    mkdirSync(folder, { recursive: true });
    const manifests = manifestsIn(folder);
    const [first] = manifests;
    if (first !== undefined && !manifests.some((file) => isOurs(path.join(folder, file)))) {
      throw new ForeignFolderError(first);
    }
    removeAbandoned(folder);
    return new OutputFolder(folder, mkdtempSync(`${stagingPrefix(folder)}${process.pid}-`));
  }

  private constructor(
    private readonly folder: string,
    private readonly staging: string,
  ) {}

  /** Takes a file to be in the folder; one that is there already, with the same text, is not touched. */
  add(name: string, text: string): void {
    const file = `${name}${EXTENSION}`;
    this.kept.add(file);
    if (readIfThere(path.join(this.folder, file)) === text) return;
    writeFileSync(path.join(this.staging, file), text);
    this.written.push(file);
  }

  /** Moves all that was added into the folder. */
  swap(): OutputChanges {
    for (const file of this.written) renameSync(path.join(this.staging, file), path.join(this.folder, file));
    const removed = manifestsIn(this.folder).filter((file) => !this.kept.has(file));
    for (const file of removed) rmSync(path.join(this.folder, file));
    this.discard();
    return { written: this.written, removed, unchanged: this.kept.size - this.written.length };
  }

  /** Leaves the folder as it is. */
  discard(): void {
    rmSync(this.staging, { recursive: true, force: true });
  }
}

/** Writing into the folder would overwrite or remove manifests of somebody else. */
export class ForeignFolderError extends Error {
  constructor(file: string) {
    super(`holds ${file}, and nothing that this program wrote; name another folder with --output`);
  }
}

function manifestsIn(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith(EXTENSION));
}

function isOurs(file: string): boolean {
  return readFileSync(file, 'utf8').includes(MANAGED_BY);
}

/** Staging folders stand beside the output folder: on the same file system, so that a file moves in one step. */
function stagingPrefix(folder: string): string {
  const whole = path.resolve(folder);
  return path.join(path.dirname(whole), `.${path.basename(whole)}.staging-`);
}

/** Removes what runs left that were killed. */
function removeAbandoned(folder: string): void {
  const prefix = stagingPrefix(folder);
  for (const name of readdirSync(path.dirname(prefix))) {
    const [, pid] = name.startsWith(path.basename(prefix)) ? (/-([0-9]+)-\w+$/.exec(name) ?? []) : [];
    if (pid !== undefined && !isRunning(Number(pid))) {
      rmSync(path.join(path.dirname(prefix), name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
