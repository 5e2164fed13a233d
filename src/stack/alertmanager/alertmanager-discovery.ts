import { ALERTMANAGER_PORTS, type AlertmanagerPeers } from './alertmanager-peers.js';

/** One entry of `alerting.alertmanagers` in prometheus.yml. It finds all peers by their common DNS name. */
export function dnsDiscovery(peers: AlertmanagerPeers) {
  return { dns_sd_configs: [{ names: [peers.host], type: 'A', port: ALERTMANAGER_PORTS.web }] };
}

/** One entry of `alerting.alertmanagers` in prometheus.yml. It lists the address of each peer. */
export function staticDiscovery(peers: AlertmanagerPeers) {
  return { static_configs: staticTargets(peers) };
}

/** The addresses of all peers, in the format of `static_configs` and of files for `file_sd_configs`. */
export function staticTargets(peers: AlertmanagerPeers) {
  return [{ targets: peers.map(({ web }) => web) }];
}

/**
 * `spec.alerting` of an operator's Prometheus. It finds all peers through the endpoints of the Service.
 *
 * @param service the cluster's Service with the port `web`
 */
export function operatorAlerting(service: { readonly name: string; readonly namespace: string }) {
  return { alertmanagers: [{ ...service, port: 'web', apiVersion: 'v2' as const }] };
}
