import { isMap } from '../../kubernetes/manifest.js';
import { isEmpty } from '../draft.js';
import type { Carrying } from './carry.js';

/** The resources of the chart; null, not our default, for those that it does not set. */
export function carryResources({ release: { container }, draft }: Carrying): void {
  const given = container.at('resources');
  if (isEmpty(given.value)) draft.put(['resources'], null);
  else if (!isMap(given.value)) draft.put(['resources'], given.value, given);
  else {
    const { requests, limits, ...others } = given.value;
    const resources = {
      requests: without(['cpu', 'memory'], requests),
      limits: without(['memory'], limits),
      ...others,
    };
    draft.put(['resources'], resources, given);
  }
}

function without(names: readonly string[], amounts: unknown): unknown {
  return isMap(amounts) && !isEmpty(amounts)
    ? { ...Object.fromEntries(names.map((name) => [name, null])), ...amounts }
    : null;
}
