import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { lasting } from '../checks/read-manifests.js';
import { trace, type Trace } from '../checks/trace/trace.js';
import { readManifestGroups, type GroupOptions, type ManifestGroup } from './manifest-groups.js';

/** The trace of manifests that are applied together. */
export interface TraceOf extends Trace, Pick<ManifestGroup, 'of' | 'files' | 'notes'> {}

export type TraceResult =
  { readonly traces: readonly TraceOf[] } | { readonly problems: readonly Diagnostic[] };

/** Traces manifests from any source. */
export async function traceFiles(options: GroupOptions): Promise<TraceResult> {
  const read = await readManifestGroups(options);
  return 'problems' in read ? read : { traces: read.groups.map(traced) };
}

function traced({ of, files, manifests, diagnostics, notes }: ManifestGroup): TraceOf {
  const traced = trace(lasting([...manifests.keys()]), (manifest, field) => manifests.get(manifest)?.(field));
  return {
    of,
    files,
    chains: traced.chains,
    diagnostics: [...traced.diagnostics, ...diagnostics],
    notes: [...notes, ...traced.notes],
  };
}
