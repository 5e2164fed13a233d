import { writtenQuantities } from '../../kubernetes/resources.js';
import type { PrometheusServerProps } from './prometheus-server-props.js';
import { resolvePrometheusServer } from './prometheus-server-spec.js';

/**
 * Props that say all that silence means: the same server, with every default written out.
 * @param props props without problems
 */
export function effectivePrometheusServer(props: PrometheusServerProps): PrometheusServerProps {
  const { labels: _, selector, resources, git, ...spec } = resolvePrometheusServer(props);
  return {
    ...spec,
    git: { ...git, resources: writtenQuantities(git.resources) },
    instance: selector['app.kubernetes.io/instance'],
    resources: writtenQuantities(resources),
  };
}
