import { isMap } from '../../kubernetes/manifest.js';
import { nameOf } from '../release-object.js';
import type { Carrying } from './carry.js';

/** The HTTPRoute. Rules that lead to the Service need no backend. */
export function carryHttpRoute({ release: { httpRoute, service, servicePort }, draft }: Carrying): void {
  if (httpRoute === undefined) return;
  draft.copy(['httpRoute', 'annotations'], httpRoute.at('metadata', 'annotations'));
  for (const field of Object.keys(httpRoute.at('spec').map))
    if (field !== 'rules') draft.copy(['httpRoute', field], httpRoute.at('spec', field));
  const rules = httpRoute.at('spec', 'rules');
  const name = service && nameOf(service);
  const isOwn = (backend: unknown) =>
    isMap(backend) &&
    backend['name'] === name &&
    backend['port'] === servicePort?.map['port'] &&
    (backend['weight'] ?? 1) === 1;
  const carried = rules.items.map(({ value }) => {
    if (!isMap(value)) return value;
    const { backendRefs, ...others } = value;
    return Array.isArray(backendRefs) && backendRefs.length === 1 && backendRefs.every(isOwn)
      ? others
      : value;
  });
  if (carried.length > 0) draft.put(['httpRoute', 'rules'], carried, rules);
}
