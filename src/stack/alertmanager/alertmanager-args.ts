import type { ContainerText } from '../../kubernetes/variable-references.js';
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
 * The command line of every peer.
 * Every peer is named to every peer, itself included (which it notices): so all have one command line.
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
  // In brackets, as an IPv6 address must be and an IPv4 address may.
  const address = `[$(POD_IP)]:${ALERTMANAGER_PORTS.gossip}`;
  return [
    { withReferences: `--cluster.listen-address=${address}` },
    { withReferences: `--cluster.advertise-address=${address}` },
    `--cluster.label=${label}`,
    // A pod that comes back has another IP: the old one is not worth six hours of trying.
    '--cluster.reconnect-timeout=5m',
    ...peers.map(({ gossip }) => `--cluster.peer=${gossip}`),
  ];
}
