import { dnsDiscovery, staticDiscovery } from './alertmanager-discovery.js';
import type { AlertmanagerPeers } from './alertmanager-peers.js';

/**
 * The section `alerting` of prometheus.yml, with every peer of every cluster. Prometheus sends each alert to all of them,
 * and they agree which one notifies.
 *
 * @param by `dns`: the common DNS name of all peers, which needs no change when their number changes; `name`: the name of each peer
 */
export function alertingSection(
  clusters: readonly { readonly peers: AlertmanagerPeers }[],
  by: 'dns' | 'name' = 'dns',
) {
  const entry = by === 'dns' ? dnsDiscovery : staticDiscovery;
  return { alertmanagers: clusters.map(({ peers }) => entry(peers)) };
}
