import { at, listAt, nameOf, textAt, type Finding, type Manifest } from './manifest.js';
import { workloadOf } from './workload.js';

/** Every volume that a container mounts is one of its pod, or a claim of its StatefulSet. */
export function checkVolumes(manifest: Manifest): Finding[] {
  const workload = workloadOf(manifest);
  if (workload === undefined) return [];
  const spec = manifest['kind'] === 'Pod' ? manifest['spec'] : at(manifest, 'spec', 'template', 'spec');
  if (spec === undefined) return [];
  const known = [
    ...listAt(spec, 'volumes').map((volume) => textAt(volume, 'name')),
    ...listAt(manifest, 'spec', 'volumeClaimTemplates').map((claim) => textAt(claim, 'metadata', 'name')),
  ];
  return workload.containers.flatMap(({ field, manifest: container }) =>
    listAt(container, 'volumeMounts').flatMap((mount, i) => {
      const name = textAt(mount, 'name');
      if (known.includes(name)) return [];
      const message = `there is no volume ${JSON.stringify(name)} (${known.join(', ') || 'there is none'})`;
      return [{ object: nameOf(manifest), field: `${field}.volumeMounts[${i}].name`, message }];
    }),
  );
}
