import { realpathSync } from 'node:fs';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { loadOperatorModels } from '../alertmanager/operator-models.js';
import { parseValues, type Values } from './parse-values.js';
import { emptyPath, readSources, VALUES_PATHS, type Source } from './sources.js';

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
  readonly problems: Diagnostic[];
  readonly notes: readonly Diagnostic[];
}

/** The values in files, or everything that is wrong in any of them, and in the name of the folder. */
export async function readValuesFor(selection: ValuesSelection): Promise<ReadValues> {
  const read = await readValues(selection);
  if (selection.output === '') read.problems.push(emptyPath('--output', 'a folder'));
  return read;
}

/** The values in files, or everything that is wrong in any of them. */
export async function readValues(selection: ValuesSelection): Promise<ReadValues> {
  const read = readSelected(selection);
  await loadSchemas(read.sources);
  return parsed(read, selection);
}

/** The same, where all schemas are loaded. */
export function readValuesNow(selection: ValuesSelection): ReadValues {
  return parsed(readSelected(selection), selection);
}

function readSelected({ values: paths, output }: ValuesSelection) {
  return readSources(paths, { ...VALUES_PATHS, except: output });
}

function parsed(read: ReturnType<typeof readSources>, { environments }: ValuesSelection): ReadValues {
  const { values, notes, problems } = parseValues(read.sources, { environments });
  return { values, notes, problems: [...read.problems, ...problems] };
}

/** Loads the schemas that only some values need. */
export async function loadSchemas(sources: readonly Source[]): Promise<void> {
  if (sources.some(({ text }) => text.includes('alertmanagerConfig'))) await loadOperatorModels();
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
