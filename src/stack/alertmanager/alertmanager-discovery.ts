import { ALERTMANAGER_PORTS, type AlertmanagerPeers } from './alertmanager-peers.js';

/** One entry of `alerting.alertmanagers` in prometheus.yml that finds every peer by the name they share. */
export function dnsDiscovery(peers: AlertmanagerPeers) {
  return { dns_sd_configs: [{ names: [peers.host], type: 'A', port: ALERTMANAGER_PORTS.web }] };
}

/** One entry of `alerting.alertmanagers` in prometheus.yml that names every peer. */
export function staticDiscovery(peers: AlertmanagerPeers) {
  return { static_configs: staticTargets(peers) };
}

/** Every peer, as in `static_configs` or a file of `file_sd_configs`. */
export function staticTargets(peers: AlertmanagerPeers) {
  return [{ targets: peers.map(({ web }) => web) }];
}

/**
 * `spec.alerting` of an operator's Prometheus: it reads the endpoints of the Service, and so finds every peer.
 *
 * @param service the cluster's Service with the port `web`
 */
export function operatorAlerting(service: { readonly name: string; readonly namespace: string }) {
  return { alertmanagers: [{ ...service, port: 'web', apiVersion: 'v2' as const }] };
}
