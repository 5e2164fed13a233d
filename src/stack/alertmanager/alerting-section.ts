import { dnsDiscovery, staticDiscovery } from './alertmanager-discovery.js';
import type { AlertmanagerPeers } from './alertmanager-peers.js';

/**
 * The section `alerting` of prometheus.yml, with every peer of every cluster: each alert goes to all of them, and they
 * settle who notifies.
 *
 * @param by `dns`: the name that all peers share, which follows their number; `name`: each peer's own name
 */
export function alertingSection(
  clusters: readonly { readonly peers: AlertmanagerPeers }[],
  by: 'dns' | 'name' = 'dns',
) {
  const entry = by === 'dns' ? dnsDiscovery : staticDiscovery;
  return { alertmanagers: clusters.map(({ peers }) => entry(peers)) };
}
