import type { ObjectField } from '../release-object.js';
import type { Carrying } from './carry.js';

/** The volumes of the pods, with their mounts in the application's container. */
export function carryVolumes({ release: { pod, container }, draft }: Carrying): void {
  for (const [name, [value, from]] of volumesOf(pod, container)) draft.put(['volumes', name], value, from);
}

/** The volumes of pods by name, as `volumes` has them. */
function volumesOf(
  pod: ObjectField,
  container: ObjectField,
): (readonly [name: string, volume: readonly [value: object, from: ObjectField]])[] {
  return pod.at('volumes').items.flatMap((volume) => {
    const { name, ...source } = volume.map;
    if (typeof name !== 'string') return [];
    const mounts = container
      .at('volumeMounts')
      .items.filter(({ map }) => map['name'] === name)
      .map(placeOf);
    const [only, ...more] = mounts;
    const places = only === undefined ? {} : more.length === 0 ? only : { mounts };
    const value = { ...(Object.keys(source).length === 0 ? { emptyDir: {} } : source), ...places };
    return [[name, [value, volume]] as const];
  });
}

function placeOf({ map }: ObjectField): object {
  const { name: _, ...place } = map;
  return place;
}
