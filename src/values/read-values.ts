import { realpathSync } from 'node:fs';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { loadOperatorModels } from '../alertmanager/operator-models.js';
import { parseValues, type Values } from './parse-values.js';
import { emptyPath, readSources, VALUES_PATHS, type Source } from './sources.js';

/** Default folder of values files. */
export const DEFAULT_VALUES = 'values';

/** The values that a run reads. */
export interface ValuesSelection {
  /** Values files, and folders of them. */
  readonly values: readonly string[];
  /** Only these environments; the others are not validated, and their files stay unchanged. @default - all */
  readonly environments?: readonly string[] | undefined;
  /** Folder of manifests. It is skipped if it is in a folder of values. */
  readonly output: string;
}

/** The values that a run reads, and whether it removes manifests that they do not describe. */
export interface SynthOptions extends ValuesSelection {
  /** Whether a run for only some values or environments removes them too. @default false */
  readonly prune?: boolean | undefined;
}

interface ReadValues {
  readonly values: readonly Values[];
  readonly problems: Diagnostic[];
  readonly notes: readonly Diagnostic[];
}

/** Reads values files: returns all values, or all problems in the files and in the name of the output folder. */
export async function readValuesFor(selection: ValuesSelection): Promise<ReadValues> {
  const read = await readValues(selection);
  if (selection.output === '') read.problems.push(emptyPath('--output', 'a folder'));
  return read;
}

/** Reads values files: returns all values, or all problems. */
export async function readValues(selection: ValuesSelection): Promise<ReadValues> {
  const read = readSelected(selection);
  await loadSchemas(read.sources);
  return parsed(read, selection);
}

/** Like `readValues`, for callers that have loaded all schemas. */
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

/** A key that needs the operator's schemas, or an escape, which can spell that key in another way. */
const NEEDS_OPERATOR_MODELS = /alertmanagerConfig|\\/;

/** Loads the operator's schemas if the values may need them. */
export async function loadSchemas(sources: readonly Source[]): Promise<void> {
  if (sources.some(({ text }) => NEEDS_OPERATOR_MODELS.test(text))) await loadOperatorModels();
}

/**
 * Whether a run removes manifests that its values do not describe. A run that reads the default folder, for all
 * environments, knows every application. Any other run removes manifests only with `prune`.
 */
export function mayRemove({ values, environments, prune = false }: SynthOptions): boolean {
  return prune || (environments === undefined && values.some(isDefaultFolder));
}

function isDefaultFolder(given: string): boolean {
  try {
    return realpathSync(given) === realpathSync(DEFAULT_VALUES);
  } catch {
    return false; // one of them is missing
  }
}
