import { InvalidPropsError } from '../../diagnostics/invalid-props.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import type { Patch } from '../../user-objects/patch.js';
import type { WorkerAppProps } from '../../worker-app/worker-app-props.js';
import { differences, type Difference } from './differences.js';
import { ourObjects } from './our-objects.js';
import { patchesFor } from './patches.js';
import { reasonOf, type Reason } from './reasons.js';

/** A difference that is there on purpose. */
export interface Explained extends Difference {
  readonly why: Reason;
}

export interface Comparison {
  /** Patches for the fields of the chart that no key has. */
  readonly patches: readonly Patch[];
  /** The differences that have a reason. */
  readonly explained: readonly Explained[];
  /** The differences that remain, with the patches. */
  readonly unexplained: readonly Difference[];
}

/** Compares the objects of a chart with those of the values that were made from it. @param values valid ones */
export function compare(theirs: readonly Manifest[], values: WorkerAppProps): Comparison {
  // The chart's objects of these keys are not compared.
  const { objects: _, migrate: __, ...own } = values;
  const ours = ourObjects(own);
  const isUnexplained = (difference: Difference) => reasonOf(difference, own.name) === undefined;
  const wanted = differences(theirs, ours).filter(isUnexplained);
  const patches = patchesFor(wanted, ours);
  const found = patches.length === 0 ? undefined : withPatches(theirs, own, patches);
  const all = found ?? differences(theirs, ours);
  return {
    patches: found === undefined ? [] : patches,
    explained: all.flatMap((difference) => {
      const why = reasonOf(difference, own.name);
      return why === undefined ? [] : [{ ...difference, why }];
    }),
    unexplained: all.filter(isUnexplained),
  };
}

/** Undefined if a patch cannot be applied. */
function withPatches(
  theirs: readonly Manifest[],
  values: WorkerAppProps,
  patches: readonly Patch[],
): Difference[] | undefined {
  try {
    return differences(theirs, ourObjects({ ...values, patches }));
  } catch (error) {
    if (!(error instanceof InvalidPropsError)) throw error;
    return undefined;
  }
}
