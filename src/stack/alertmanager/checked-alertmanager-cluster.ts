import type { AlertmanagerPeers } from './alertmanager-peers.js';

/**
 * The public type of a checked AlertmanagerCluster. It does not contain zod's types, which a CommonJS project of cdk8s
 * cannot resolve.
 */
export interface CheckedAlertmanagerCluster {
  readonly name: string;
  readonly peers: AlertmanagerPeers;
}
