import path from 'node:path';
import { formatFinding } from '../src/checks/finding.js';
import type { Manifest } from '../src/checks/manifest.js';
import { readManifests } from '../src/checks/read-manifests.js';
import { objectChanges, type ObjectChange } from '../src/diff/object-changes.js';
import { RemainingObjects } from '../src/diff/remaining-objects.js';
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
    const remaining = new RemainingObjects();
    const different: FileVersions[] = [];
    let equal = 0;
    for (const { place, manifests, yaml, findings } of synthesize(values, await chartsFor(values))) {
      const file = fileAt(place);
      problems.push(...findings.map((finding) => ({ file, message: formatFinding(finding) })));
      const text = readIfThere(path.join(output, file));
      stale.delete(file);
      remaining.add(file, manifests);
      if (text === yaml) equal += 1;
      else if (text !== undefined && !isOurs(text))
        problems.push({ file: path.join(output, file), message: IN_THE_WAY });
      else different.push({ file, before: text, after: yaml });
    }
    for (const file of stale) different.push({ file, before: readIfThere(path.join(output, file)) });
    if (problems.length > 0) return { problems };
    return { differences: different.map((versions) => difference(versions, remaining)), equal };
  } catch (error) {
    return { problems: [systemProblem(error, 'read', output)] };
  }
}

/** A manifest file as it is, and as the values give it. */
interface FileVersions {
  readonly file: string;
  readonly before: string | undefined;
  readonly after?: string;
}

function difference({ file, before, after }: FileVersions, remaining: RemainingObjects): FileDifference {
  const [old, young] = [objectsIn(file, before), objectsIn(file, after)];
  if (old === undefined || young === undefined) return { file, state: 'not YAML', changes: [] };
  const state = before === undefined ? 'missing' : after === undefined ? 'stale' : 'different';
  return {
    file,
    state,
    changes: objectChanges(old, young, (removed) => remaining.warnOfRemoval(file, removed)),
  };
}

function objectsIn(file: string, text = ''): readonly Manifest[] | undefined {
  const { manifests, problems } = readManifests(file, text);
  return problems.length > 0 ? undefined : manifests;
}
