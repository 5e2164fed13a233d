import { realpathSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { loadOperatorModels } from '../alertmanager/operator-models.js';
import { parseSetValues, type SetValue } from './set-values.js';
import { parseValues, type Values } from './parse-values.js';
import { DEFAULT_VALUES, emptyPath, readSources, STDIN, VALUES_PATHS, type Source } from './files/sources.js';

/** The values that a run reads. */
export interface ValuesSelection {
  /** Values files, and folders of them. */
  readonly values: readonly string[];
  /** Only these environments; the others are not validated, and their files stay unchanged. @default - all */
  readonly environments?: readonly string[] | undefined;
  /** Values of `--set`, as the user gave them. @default - none */
  readonly set?: readonly string[] | undefined;
  /** Folder of manifests. It is skipped if it is in a folder of values. */
  readonly output: string;
}

/** The values that a run reads, and whether it removes manifests that they do not describe. */
export interface SynthOptions extends ValuesSelection {
  /** Whether a run for only some values or environments removes them too. @default false */
  readonly prune?: boolean | undefined;
  /** Only name the files that would change. @default false */
  readonly dryRun?: boolean | undefined;
}

interface ReadValues {
  readonly values: readonly Values[];
  readonly problems: Diagnostic[];
  readonly notes: readonly Diagnostic[];
}

/** Reads values files: returns all values, or all problems in the files and in the name of the output folder. */
export async function readValuesFor(selection: ValuesSelection): Promise<ReadValues> {
  const read = await readValues(selection);
  const { output, values } = selection;
  if (output === '') read.problems.push(emptyPath('--output', 'a folder'));
  else if (values.some((given) => given !== STDIN && path.resolve(given) === path.resolve(output)))
    read.problems.push(
      errorAt({ field: '--output' }, `${output} contains the values`, 'name another folder'),
    );
  return read;
}

/** Reads values files: returns all values, or all problems. */
export async function readValues(selection: ValuesSelection): Promise<ReadValues> {
  const read = readSelected(selection);
  await loadSchemas(read.sources, read.sets);
  return parsed(read, selection);
}

/** Like `readValues`, for callers that have loaded all schemas. */
export function readValuesNow(selection: ValuesSelection): ReadValues {
  return parsed(readSelected(selection), selection);
}

/** The input of a run: the texts of the files, and the values of `--set`. */
interface Read {
  readonly sources: readonly Source[];
  readonly sets: readonly SetValue[];
  readonly problems: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/** Reads files and options, but does not check their values. */
export function readSelected({
  values: paths,
  output,
  set = [],
}: Omit<ValuesSelection, 'environments'>): Read {
  const { sources, problems, warnings } = readSources(paths, { ...VALUES_PATHS, except: output });
  const sets = parseSetValues('--set', set);
  return { sources, sets: sets.values, problems: [...problems, ...sets.problems], warnings };
}

function parsed(read: Read, { environments }: ValuesSelection): ReadValues {
  const { values, notes, problems } = parseValues(read.sources, { environments, sets: read.sets });
  return { values, notes: [...read.warnings, ...notes], problems: [...read.problems, ...problems] };
}

/** A key that needs the operator's schemas, or an escape, which can spell that key in another way. */
const NEEDS_OPERATOR_MODELS = /alertmanagerConfig|\\/;

/** Loads the operator's schemas if the values may need them. */
export async function loadSchemas(sources: readonly Source[], sets: readonly SetValue[] = []): Promise<void> {
  const texts = [...sources.map(({ text }) => text), ...sets.map((set) => JSON.stringify(set))];
  if (texts.some((text) => NEEDS_OPERATOR_MODELS.test(text))) await loadOperatorModels();
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
