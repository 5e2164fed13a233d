import { ALERTMANAGER_PORTS } from './alertmanager-peers.js';
import type { AlertmanagerClusterSpec } from './alertmanager-cluster-spec.js';

/** Where things are in an Alertmanager's container. */
export const ALERTMANAGER_PATHS = {
  config: '/etc/alertmanager/config',
  configFile: '/etc/alertmanager/config/alertmanager.yml',
  secrets: '/etc/alertmanager/secrets',
  storage: '/alertmanager',
} as const;

/**
 * The command line of every peer; `$(POD_IP)` is for the kubelet to fill in.
 * Every peer is named to every peer, itself included (which it notices): so all have one command line.
 */
export function alertmanagerArgs(spec: AlertmanagerClusterSpec): string[] {
  const { peers, retention, externalUrl } = spec;
  return [
    `--config.file=${ALERTMANAGER_PATHS.configFile}`,
    `--storage.path=${ALERTMANAGER_PATHS.storage}`,
    `--data.retention=${retention}`,
    `--web.listen-address=:${ALERTMANAGER_PORTS.web}`,
    ...(externalUrl === undefined ? [] : [`--web.external-url=${externalUrl}`, '--web.route-prefix=/']),
    ...(peers.isCluster ? clusterArgs(spec) : ['--cluster.listen-address=']),
  ];
}

function clusterArgs({ peers, label }: AlertmanagerClusterSpec): string[] {
  // In brackets, as an IPv6 address must be and an IPv4 address may.
  const address = `[$(POD_IP)]:${ALERTMANAGER_PORTS.gossip}`;
  return [
    `--cluster.listen-address=${address}`,
    `--cluster.advertise-address=${address}`,
    `--cluster.label=${label}`,
    // A pod that comes back has another IP: the old one is not worth six hours of trying.
    '--cluster.reconnect-timeout=5m',
    ...peers.map(({ gossip }) => `--cluster.peer=${gossip}`),
  ];
}
