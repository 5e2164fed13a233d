import type { AlertmanagerPeers } from './alertmanager-peers.js';

/**
 * An AlertmanagerCluster whose props are checked, as others may see it. The types of its keys are zod's, which a CommonJS
 * project of cdk8s cannot resolve.
 */
export interface CheckedAlertmanagerCluster {
  readonly name: string;
  readonly peers: AlertmanagerPeers;
}
