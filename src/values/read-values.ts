import { realpathSync } from 'node:fs';
import type { Problem } from '../diagnostics/problem.js';
import { parseValues, type Values } from './parse-values.js';
import { emptyPath, readSources, VALUES_PATHS } from './sources.js';

/** The folder of values that is read where no other is named. */
export const DEFAULT_VALUES = 'values';

/** Which values a run is about. */
export interface ValuesSelection {
  /** Values files, and folders of them. */
  readonly values: readonly string[];
  /** Only these environments; what others have is neither judged nor touched. @default - everything */
  readonly environments?: readonly string[] | undefined;
  /** Folder of manifests: no values are read from it where it is within a folder of values. */
  readonly output: string;
}

/** Which values a run is about, and what becomes of manifests that they do not describe. */
export interface SynthOptions extends ValuesSelection {
  /** Whether a narrowed run removes them as well. @default false */
  readonly prune?: boolean | undefined;
}

interface ReadValues {
  readonly values: readonly Values[];
  readonly problems: Problem[];
  readonly notes: readonly Problem[];
}

/** The values in files, or everything that is wrong in any of them, and in the name of the folder. */
export function readValuesFor(selection: ValuesSelection): ReadValues {
  const read = readValues(selection);
  if (selection.output === '') read.problems.push({ file: '--output', message: emptyPath('a folder') });
  return read;
}

/** The values in files, or everything that is wrong in any of them. */
export function readValues({ values: paths, environments, output }: ValuesSelection): ReadValues {
  const read = readSources(paths, { ...VALUES_PATHS, except: output });
  const parsed = parseValues(read.sources, { environments });
  return { ...parsed, problems: [...read.problems, ...parsed.problems] };
}

/**
 * Whether a run removes manifests that its values do not describe. One that reads the default folder in all environments
 * knows every application; a narrowed one does not, and removes nothing unless it is told to.
 */
export function mayRemove({ values, environments, prune = false }: SynthOptions): boolean {
  return prune || (environments === undefined && values.some(isDefaultFolder));
}

function isDefaultFolder(given: string): boolean {
  try {
    return realpathSync(given) === realpathSync(DEFAULT_VALUES);
  } catch {
    return false; // one of them is not there
  }
}
