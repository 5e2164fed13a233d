import type { ContainerText } from '../../kubernetes/variable-references.js';
import { ALERTMANAGER_PORTS } from './alertmanager-peers.js';
import type { AlertmanagerClusterSpec } from './alertmanager-cluster-spec.js';

/** Paths in the container of Alertmanager. */
export const ALERTMANAGER_PATHS = {
  config: '/etc/alertmanager/config',
  configFile: '/etc/alertmanager/config/alertmanager.yml',
  secrets: '/etc/alertmanager/secrets',
  storage: '/alertmanager',
} as const;

/**
 * The command line of every peer. It lists all peers, also the peer itself (Alertmanager detects this), so that all pods
 * have the same command line.
 */
export function alertmanagerArgs(spec: AlertmanagerClusterSpec): ContainerText[] {
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

function clusterArgs({ peers, label }: AlertmanagerClusterSpec): ContainerText[] {
  // The brackets are required for an IPv6 address and allowed for an IPv4 address.
  const address = `[$(POD_IP)]:${ALERTMANAGER_PORTS.gossip}`;
  return [
    { withReferences: `--cluster.listen-address=${address}` },
    { withReferences: `--cluster.advertise-address=${address}` },
    `--cluster.label=${label}`,
    // A restarted pod has a new IP address: do not try to reach the old one for six hours (the default).
    '--cluster.reconnect-timeout=5m',
    ...peers.map(({ gossip }) => `--cluster.peer=${gossip}`),
  ];
}
