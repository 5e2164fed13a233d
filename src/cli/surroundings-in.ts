import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import type { Manifest } from '../kubernetes/manifest.js';
import { NamespaceDiscovery } from '../report/namespace-discovery.js';
import type { Surroundings } from '../worker-app/scraping/surroundings.js';
import type { Values } from '../values/parse-values.js';

/** Returns the targets that Prometheus discovers beside an application, from the objects of all values of its environment. */
export async function surroundingsIn(
  values: readonly Values[],
): Promise<(application: Values<'WorkerApp'>) => Surroundings | undefined> {
  const charts = await chartsFor(values);
  const objects = new Map<string | undefined, Manifest[]>();
  for (const document of values) {
    const { environment } = document;
    const together = objects.get(environment) ?? [];
    objects.set(environment, together);
    for (const { manifests } of synthesize([document], charts)) together.push(...manifests);
  }
  const discoveries = new Map(
    [...objects].map(([environment, together]) => [environment, new NamespaceDiscovery(together)]),
  );
  return ({ spec, environment }) =>
    discoveries.get(environment)?.around(`Deployment ${spec.namespace}/${spec.name}`);
}
