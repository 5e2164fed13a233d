import { isDeepStrictEqual } from 'node:util';
import { RESTRICTED_CONTAINER } from '../../kubernetes/restricted-pod.js';
import type { ObjectField } from '../release-object.js';
import type { Carrying } from './carry.js';

/** Init containers, and the containers beside the application's. */
export function carryContainers({ release: { pod, container }, draft }: Carrying): void {
  for (const other of pod.at('initContainers').items)
    add(other.map['restartPolicy'] === 'Always' ? 'sidecars' : 'initContainers', other);
  for (const other of pod.at('containers').items)
    if (other.path.at(-1) !== container.path.at(-1)) add('sidecars', other, { native: false });

  function add(key: string, other: ObjectField, more: object = {}): void {
    const { name, restartPolicy: _, securityContext = {}, ...fields } = other.map;
    if (typeof name !== 'string') return;
    const isOurs = isDeepStrictEqual(securityContext, RESTRICTED_CONTAINER);
    draft.put([key, name], { ...more, ...fields, ...(!isOurs && { securityContext }) }, other);
  }
}
