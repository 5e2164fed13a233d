import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { KINDS } from '../values/kinds.js';
import { convert } from './convert.js';
import type { Draft } from './draft.js';
import type { ImportFacts } from './facts.js';
import type { Release } from './release.js';
import { placeOfObject, type ReleaseObject } from './release-object.js';

export type Problems = NonNullable<ReturnType<typeof KINDS.WorkerApp.check>['problems']>;

interface ValidDraft {
  readonly draft: Draft;
  /** The problems that are left. */
  readonly problems: Problems;
  /** Notes about objects that stay in `objects`, with the reason. */
  readonly kept: readonly Diagnostic[];
}

/**
 * Converts a release, and checks the values.
 *
 * @param isPatched whether keys that cannot express the fields of the release are removed: patches do that
 */
export function validDraft(release: Release, facts: ImportFacts, isPatched: boolean): ValidDraft {
  const kept = new Map<ReleaseObject, Diagnostic>();
  for (;;) {
    const draft = convert(release, facts, new Set(kept.keys()));
    const problems = isPatched ? withoutInvalid(draft) : check(draft);
    const refused = problems.flatMap((problem) => keptObject(problem, draft));
    if (refused.length === 0) return { draft, problems, kept: [...kept.values()] };
    for (const [object, note] of refused) kept.set(object, note);
  }
}

/** Keys whose entries are objects of the release, which can stay as they are. */
const ENTRIES = new Set<unknown>(['processes', 'cronJobs']);

/** The object of an entry with a problem. */
function keptObject({ path, message }: Problems[number], draft: Draft): [ReleaseObject, Diagnostic][] {
  const [key, entry] = path;
  if (key === undefined || entry === undefined || !ENTRIES.has(key)) return [];
  const object = draft.objectAt([key, entry]);
  if (object === undefined) return [];
  const text = `stays in objects, and is not in ${String(key)}: ${formatPath(path)}: ${message}`;
  return [[object, { severity: 'note', ...placeOfObject(object), message: text }]];
}

function check({ values }: Draft): Problems {
  return KINDS.WorkerApp.check(values).problems ?? [];
}

/** Keys without which the others have no meaning, and those whose entries are objects, which are not compared. */
const NEEDED = new Set<unknown>([
  'name',
  'namespace',
  'instance',
  'image',
  'workers',
  'container',
  'http',
  'metrics',
  'objects',
  ...ENTRIES,
]);

/**
 * Removes the keys that cannot express the fields of a live object: patches do. @returns the problems that are left
 */
function withoutInvalid(draft: Draft): Problems {
  const problems = check(draft);
  const keys = new Set(problems.map(({ path }) => String(path[0])));
  if (problems.length === 0 || [...keys].some((key) => NEEDED.has(key) || key === '')) return problems;
  for (const key of keys) draft.remove(key);
  return withoutInvalid(draft);
}
