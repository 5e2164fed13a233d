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

/**
 * Reads values files.
 *
 * @param paths files, and folders of which the `.yaml` and `.yml` files are read, in the order of their names
 * @param advice what to do about a folder without any
 */
export function readSources(
  paths: readonly string[],
  advice = 'add one, or name another with --values',
): { sources: Source[]; problems: Problem[] } {
  const sources: Source[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const given of paths) {
    if (given === '') {
      problems.push({ file: '--values', message: 'an empty path; name a file or a folder' });
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
