import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { textAt } from '../kubernetes/manifest.js';
import type { WorkerAppProps } from '../worker-app/worker-app-props.js';
import { compare, type Comparison } from './compare/compare.js';
import { withPortNames } from './compare/port-names.js';
import { renamed } from './compare/renamed.js';
import type { Draft } from './draft.js';
import type { ImportFacts } from './facts.js';
import { asOurMonitor } from './monitors.js';
import { carriedObjects, withOthers, type Release } from './release.js';
import { nameOf, placeOfObject, type ReleaseObject } from './release-object.js';
import { validDraft } from './valid-draft.js';

/** The values of a release, and how they differ from it. */
interface Whole extends ReturnType<typeof validDraft> {
  readonly release: Release;
  readonly compared: Comparison;
}

const NOTHING: Comparison = { patches: [], explained: [], unexplained: [] };

/**
 * Converts a release, and compares the result.
 *
 * @param isManifests whether the objects are those of a cluster: one that no key can make stays in `objects`
 */
export function convertWhole(release: Release, facts: ImportFacts, isManifests: boolean): Whole {
  const converted = validDraft(release, facts, isManifests);
  if (converted.problems.length > 0) return { ...converted, release, compared: NOTHING };
  const compared = comparison(release, converted.draft);
  const lost = compared.unexplained.filter(({ path, ours }) => path.length === 0 && ours === undefined);
  const whole = carriedObjects(release).filter(({ manifest }) =>
    lost.some(({ kind, name }) => kind === manifest['kind'] && name === textAt(manifest, 'metadata', 'name')),
  );
  const wider = withOthers(release, new Set(whole));
  if (!isManifests || wider.others.length === release.others.length)
    return { ...converted, release, compared };
  const again = convertWhole(wider, facts, isManifests);
  const notes = whole.map((object): Diagnostic => ({
    severity: 'note',
    ...placeOfObject(object),
    message: 'stays in objects: no key has its fields',
  }));
  return { ...again, kept: [...again.kept, ...notes] };
}

function comparison(release: Release, draft: Draft): Comparison {
  const [name, theirs] = [String(draft.values['name']), nameOf(release.deployment)];
  const withHttp = withPortNames(release, draft.values);
  const asOurs = (object: ReleaseObject) =>
    object === release.monitor?.object
      ? asOurMonitor(object.manifest, name, release)
      : withHttp(renamed(object.manifest, theirs, name));
  const objects = [...carriedObjects(release).map(asOurs), ...draft.made.values()];
  return compare(objects, draft.values as never as WorkerAppProps);
}
