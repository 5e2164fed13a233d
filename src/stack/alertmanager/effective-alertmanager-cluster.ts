import { writtenQuantities } from '../../kubernetes/resources.js';
import type { AlertmanagerClusterProps } from './alertmanager-cluster-props.js';
import { resolveAlertmanagerCluster } from './alertmanager-cluster-spec.js';

/**
 * Props that say all that silence means: the same cluster, with every default written out.
 * @param props props without problems
 */
export function effectiveAlertmanagerCluster(props: AlertmanagerClusterProps): AlertmanagerClusterProps {
  const { labels: _, selector, resources, version, ...spec } = resolveAlertmanagerCluster(props);
  return {
    ...spec,
    ...(spec.form === 'operator' && version !== undefined && { version }),
    instance: selector['app.kubernetes.io/instance'],
    peers: spec.peers.count,
    resources: writtenQuantities(resources),
  };
}
