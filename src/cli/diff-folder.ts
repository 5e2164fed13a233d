import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Manifest } from '../kubernetes/manifest.js';
import { readManifests } from '../checks/read-manifests.js';
import { objectChanges, type ObjectChange } from '../output/diff/object-changes.js';
import { RemainingObjects } from '../output/diff/remaining-objects.js';
import { fileAt } from '../output/layout.js';
import { leftovers, sortLeftovers, type Leftover } from '../output/leftovers.js';
import { readManifestFile } from '../output/manifest-file.js';
import { fileInTheWay } from '../output/output-folder.js';
import { mayRemove, readValuesFor, type SynthOptions } from '../values/read-values.js';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import { problemsWith } from '../../charts/synthesize-all.js';
import { systemProblem } from '../output/system-problem.js';

/** A manifest file that differs from the values. */
export interface FileDifference {
  /** Path in the output folder. */
  readonly file: string;
  readonly state: 'missing' | 'stale' | 'different' | 'not YAML';
  /** The objects that synth would change; empty if only the text differs. */
  readonly changes: readonly ObjectChange[];
}

/** An output folder, compared with its values. */
export interface Compared {
  readonly differences: readonly FileDifference[];
  readonly equal: number;
  /** Manifests that no values describe, and that synth would keep. */
  readonly kept: readonly Leftover[];
}

export type FolderDiff = Compared | { readonly problems: readonly Diagnostic[] };

/** Compares an output folder with the result of synth for the same values. Writes nothing. */
export async function diffFolder(options: SynthOptions): Promise<FolderDiff> {
  const { output, environments } = options;
  const { values, problems } = await readValuesFor(options);
  if (problems.length > 0) return { problems: await problemsWith(problems, values) };
  try {
    const given = new Set<string>();
    const remaining = new RemainingObjects();
    const different: FileVersions[] = [];
    let equal = 0;
    for (const { place, manifests, yaml, errors } of synthesize(values, await chartsFor(values))) {
      const file = fileAt(place);
      problems.push(...errors.map((error) => ({ file, ...error })));
      const { text, obstacle } = readManifestFile(path.join(output, file));
      given.add(file);
      remaining.add(file, manifests);
      if (text === yaml) equal += 1;
      else if (obstacle !== undefined) problems.push(fileInTheWay(path.join(output, file), obstacle));
      else different.push({ file, before: text, after: yaml });
    }
    if (problems.length > 0) return { problems };
    const textOf = (file: string) => readManifestFile(path.join(output, file)).text;
    const { removed, kept } = sortLeftovers(leftovers(output, { environments }, given), mayRemove(options));
    for (const { file } of kept) remaining.add(file, objectsIn(file, textOf(file)) ?? []);
    for (const file of removed) different.push({ file, before: textOf(file) });
    return { differences: different.map((versions) => difference(versions, remaining)), equal, kept };
  } catch (error) {
    return { problems: [systemProblem(error, 'read', output)] };
  }
}

/** A manifest file as it is, and as synth would write it. */
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
  const { objects, problems } = readManifests(file, text);
  return problems.length > 0 ? undefined : objects.map(({ manifest }) => manifest);
}
