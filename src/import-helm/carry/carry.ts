import type { Draft } from '../draft.js';
import type { ImportFacts } from '../facts.js';
import type { ReleaseObject } from '../release-object.js';
import type { Release } from '../release.js';

/** A release, and the values that are made from it. */
export interface Carrying {
  readonly release: Release;
  readonly facts: ImportFacts;
  readonly draft: Draft;
  /** Objects that no key can make: they stay in `objects`. */
  readonly kept: ReadonlySet<ReleaseObject>;
}
