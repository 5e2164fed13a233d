import path from 'node:path';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import { lasting, type FieldPlace } from '../checks/read-manifests.js';
import { trace } from '../checks/trace/trace.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Manifest } from '../kubernetes/manifest.js';
import { fileAt, isForDelivery, parentOf } from '../output/layout.js';
import type { TracedManifests } from '../report/applications.js';
import { readValues, type ValuesSelection } from '../values/read-values.js';
import { readManifestGroups, type GroupOptions } from './manifest-groups.js';

/** The manifests to show, traced; or all problems that prevent it. */
export type TracedGroups =
  { readonly groups: readonly TracedManifests[] } | { readonly problems: readonly Diagnostic[] };

/** Traces the manifests in files. */
export async function tracedFiles(options: GroupOptions): Promise<TracedGroups> {
  const read = await readManifestGroups(options);
  if ('problems' in read) return read;
  const groups = read.groups.map(({ of, manifests, diagnostics, notes }) =>
    traced(of, manifests, [...diagnostics, ...notes]),
  );
  return { groups };
}

/** Name of the manifests of values without environments. */
const WITHOUT_ENVIRONMENT = 'All applications';

/** Traces the manifests that `synth` would write, each environment by itself. */
export async function tracedValues(selection: ValuesSelection): Promise<TracedGroups> {
  const { values, problems, notes } = await readValues(selection);
  if (problems.length > 0) return { problems };
  const environments = new Map<string, Environment>();
  for (const { place, manifests, errors, notes: found } of synthesize(values, await chartsFor(values))) {
    const file = path.join(selection.output, fileAt(place));
    const diagnostics = [...errors, ...found].map((diagnostic) => ({ file, ...diagnostic }));
    if (manifests.length === 0) problems.push(...diagnostics);
    if (isForDelivery(parentOf(place))) continue;
    const name = parentOf(place) || WITHOUT_ENVIRONMENT;
    const environment = environments.get(name) ?? { manifests: new Map(), diagnostics: [...notes] };
    environments.set(name, environment);
    for (const manifest of manifests) environment.manifests.set(manifest, () => ({ file }));
    environment.diagnostics.push(...diagnostics);
  }
  if (problems.length > 0) return { problems };
  return {
    groups: [...environments].map(([name, { manifests, diagnostics }]) =>
      traced(name, manifests, diagnostics, diagnostics),
    ),
  };
}

interface Environment {
  readonly manifests: Map<Manifest, FieldPlace>;
  /** Diagnostics of `synth`. They may be at a place in a values file. */
  readonly diagnostics: Diagnostic[];
}

/**
 * @param given diagnostics that are known; the trace adds those that are not among them
 * @param checked the diagnostics of `synth`, which checks each object
 */
function traced(
  name: string,
  places: ReadonlyMap<Manifest, FieldPlace>,
  given: readonly Diagnostic[],
  checked?: readonly Diagnostic[],
): TracedManifests {
  const manifests = lasting([...places.keys()]);
  const { chains, diagnostics } = trace(
    manifests,
    (manifest, field) => places.get(manifest)?.(field),
    checked,
  );
  const known = new Set(given.map(subject));
  return {
    name,
    manifests,
    chains,
    diagnostics: [...given, ...diagnostics.filter((one) => !known.has(subject(one)))],
  };
}

function subject({ object, field, message }: Diagnostic): string {
  return [object, field, message].join('\n');
}
