import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../problems/problem.js';
import { systemReason } from '../problems/system-error.js';

/** The text of one values file. */
export interface Source {
  /** The file, as the user named it. */
  readonly file: string;
  readonly text: string;
}

/** How a user names the paths, for what is said of one that leads to nothing. */
export interface PathWords {
  /** Where they are given: an option, or an argument. */
  readonly given: string;
  /** What may be named there. */
  readonly wanted: string;
  /** What to do about a folder without any file. */
  readonly advice: string;
}

const VALUES: PathWords = {
  given: '--values',
  wanted: 'a file or a folder',
  advice: 'add one, or name another with --values',
};

/**
 * Reads values files.
 *
 * @param paths files, and folders of which the `.yaml` and `.yml` files are read, in the order of their names
 */
export function readSources(
  paths: readonly string[],
  { given: where, wanted, advice } = VALUES,
): { sources: Source[]; problems: Problem[] } {
  const sources: Source[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const given of paths) {
    if (given === '') {
      problems.push({ file: where, message: emptyPath(wanted) });
      continue;
    }
    attempt(given, problems, () => {
      for (const file of filesIn(given, advice)) {
        attempt(file, problems, () => {
          const real = realpathSync(file);
          if (!seen.has(real)) sources.push({ file, text: readText(file) });
          seen.add(real);
        });
      }
    });
  }
  return { sources, problems };
}

/** What is wrong with a path that names nothing. @param wanted what to name */
export function emptyPath(wanted: string): string {
  return `an empty path; name ${wanted}`;
}

/** A reason for not reading a file, in the user's words. */
class Unreadable extends Error {}

function filesIn(given: string, advice: string): string[] {
  if (!statSync(given).isDirectory()) return [given];
  // Editors keep hidden files beside those that are being changed.
  const names = readdirSync(given).filter((name) => /^[^.].*\.ya?ml$/.test(name));
  if (names.length === 0) throw new Unreadable(`no .yaml file in this folder; ${advice}`);
  return names.toSorted().map((name) => path.join(given, name));
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new Unreadable('not UTF-8 text; save it in that encoding');
    throw error;
  }
}

function attempt(file: string, problems: Problem[], read: () => void): void {
  try {
    read();
  } catch (error) {
    problems.push({
      file,
      message: error instanceof Unreadable ? error.message : `cannot be read: ${systemReason(error)}`,
    });
  }
}
