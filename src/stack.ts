// The public face of the monitoring stack itself: `import { AlertmanagerCluster } from 'cdk8s-worker-metrics/stack'`.
// Apart from index.ts, as it loads the operator's larger models.
export { alertingSection } from './alertmanager/alerting-section.js';
export type {
  AlertmanagerClusterProps,
  AlertmanagerConfig,
  OperatorAlertmanagerConfig,
} from './alertmanager/alertmanager-cluster-props.js';
export { AlertmanagerPeers, type AlertmanagerPeer } from './alertmanager/alertmanager-peers.js';
export { AlertmanagerCluster } from './constructs/alertmanager-cluster.js';
export { PrometheusServer } from './constructs/prometheus-server.js';
export type {
  PrometheusDecrypt,
  PrometheusGit,
  PrometheusGitSsh,
  PrometheusRetention,
  PrometheusServerProps,
} from './prometheus-server/prometheus-server-props.js';
export {
  scrapeJob,
  type RelabelConfig,
  type ScrapeDiscovery,
  type ScrapeJob,
  type ScrapeJobProps,
} from './prometheus/scrape-job.js';
