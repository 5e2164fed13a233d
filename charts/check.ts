import path from 'node:path';
import { formatFinding } from '../src/checks/finding.js';
import type { Manifest } from '../src/checks/manifest.js';
import { readManifests } from '../src/checks/read-manifests.js';
import { objectChanges, type ObjectChange } from '../src/diff/object-changes.js';
import { fileAt } from '../src/output/layout.js';
import { isOurs, ownFiles, readIfThere } from '../src/output/manifest-folders.js';
import { IN_THE_WAY } from '../src/output/output-folder.js';
import type { Problem } from '../src/problems/problem.js';
import { readValuesFor, type SynthOptions } from './read-values.js';
import { chartsFor } from './kinds.js';
import { synthesize } from './synthesize.js';
import { systemProblem } from './system-problem.js';

/** A manifest file that is not what the values give. */
export interface FileDifference {
  /** Path in the output folder. */
  readonly file: string;
  readonly state: 'missing' | 'stale' | 'different' | 'not YAML';
  /** What a synthesis would change; nothing where only the text differs. */
  readonly changes: readonly ObjectChange[];
}

export type CheckResult =
  | { readonly differences: readonly FileDifference[]; readonly equal: number }
  | { readonly problems: readonly Problem[] };

/** Compares an output folder with what the values give, and writes nothing. */
export async function check(options: SynthOptions): Promise<CheckResult> {
  const { output, ...selection } = options;
  const { values, problems } = readValuesFor(options);
  if (problems.length > 0) return { problems };
  try {
    const stale = new Set(ownFiles(output, selection));
    const differences: FileDifference[] = [];
    let equal = 0;
    for (const { place, yaml, findings } of synthesize(values, await chartsFor(values))) {
      const file = fileAt(place);
      problems.push(...findings.map((finding) => ({ file, message: formatFinding(finding) })));
      const text = readIfThere(path.join(output, file));
      stale.delete(file);
      if (text === yaml) equal += 1;
      else if (text !== undefined && !isOurs(text))
        problems.push({ file: path.join(output, file), message: IN_THE_WAY });
      else differences.push(difference(file, text, yaml));
    }
    differences.push(...[...stale].map((file) => difference(file, readIfThere(path.join(output, file)))));
    return problems.length > 0 ? { problems } : { differences, equal };
  } catch (error) {
    return { problems: [systemProblem(error, 'read', output)] };
  }
}

function difference(file: string, before: string | undefined, after?: string): FileDifference {
  const [old, young] = [objectsIn(file, before), objectsIn(file, after)];
  if (old === undefined || young === undefined) return { file, state: 'not YAML', changes: [] };
  const state = before === undefined ? 'missing' : after === undefined ? 'stale' : 'different';
  return { file, state, changes: objectChanges(old, young) };
}

function objectsIn(file: string, text = ''): readonly Manifest[] | undefined {
  const { manifests, problems } = readManifests(file, text);
  return problems.length > 0 ? undefined : manifests;
}
