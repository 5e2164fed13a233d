import type { ObjectField } from '../release-object.js';
import type { Carrying } from './carry.js';

/** The volumes of the pods, with their mounts in the application's container. */
export function carryVolumes({ release: { pod, container }, draft }: Carrying): void {
  for (const volume of pod.at('volumes').items) {
    const { name, ...source } = volume.map;
    if (typeof name !== 'string') continue;
    const mounts = container
      .at('volumeMounts')
      .items.filter(({ map }) => map['name'] === name)
      .map(placeOf);
    const [only, ...more] = mounts;
    const places = only === undefined ? {} : more.length === 0 ? only : { mounts };
    draft.put(
      ['volumes', name],
      { ...(Object.keys(source).length === 0 ? { emptyDir: {} } : source), ...places },
      volume,
    );
  }
}

function placeOf({ map }: ObjectField): object {
  const { name: _, ...place } = map;
  return place;
}
