import { isMap } from '../../kubernetes/manifest.js';
import { isEmpty } from '../draft.js';
import type { ObjectField } from '../release-object.js';
import type { Carrying } from './carry.js';

/** The resources of the chart. */
export function carryResources({ release: { container }, draft }: Carrying): void {
  const given = container.at('resources');
  draft.put(['resources'], resourcesOf(given), given);
}

/** Resources of a container; null, not our default, for those that the chart does not set. */
function resourcesOf({ value }: ObjectField): unknown {
  if (isEmpty(value)) return null;
  if (!isMap(value)) return value;
  const { requests, limits, ...others } = value;
  return {
    requests: without(['cpu', 'memory'], requests),
    limits: without(['memory'], limits),
    ...others,
  };
}

function without(names: readonly string[], amounts: unknown): unknown {
  return isMap(amounts) && !isEmpty(amounts)
    ? { ...Object.fromEntries(names.map((name) => [name, null])), ...amounts }
    : null;
}
