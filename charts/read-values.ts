import type { Problem } from '../src/problems/problem.js';
import { parseValues, type Values } from '../src/values/parse-values.js';
import { emptyPath, readSources } from '../src/values/sources.js';

/** Which values a run is about. */
export interface ValuesSelection {
  /** Values files, and folders of them. */
  readonly values: readonly string[];
  /** Only these environments; what others have is neither judged nor touched. @default - everything */
  readonly environments?: readonly string[] | undefined;
}

/** Which values a run is about, and the folder of their manifests. */
export interface SynthOptions extends ValuesSelection {
  readonly output: string;
}

interface ReadValues {
  readonly values: readonly Values[];
  readonly problems: Problem[];
  readonly notes: readonly Problem[];
}

/** The values in files, or everything that is wrong in any of them, and in the name of the folder. */
export function readValuesFor({ output, ...selection }: SynthOptions): ReadValues {
  const read = readValues(selection);
  if (output === '') read.problems.push({ file: '--output', message: emptyPath('a folder') });
  return read;
}

/** The values in files, or everything that is wrong in any of them. */
export function readValues({ values: paths, environments }: ValuesSelection): ReadValues {
  const read = readSources(paths);
  const parsed = parseValues(read.sources, { environments });
  return { ...parsed, problems: [...read.problems, ...parsed.problems] };
}
