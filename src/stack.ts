// The public API of the monitoring stack: `import { AlertmanagerCluster } from 'cdk8s-worker-metrics/stack'`.
// It is separate from index.ts because it loads the operator's larger models.
export { alertingSection } from './stack/alertmanager/alerting-section.js';
export type * from './alertmanager/alertmanager-config.js';
export type * from './stack/alertmanager/alertmanager-cluster-props.js';
export { AlertmanagerPeers, type AlertmanagerPeer } from './stack/alertmanager/alertmanager-peers.js';
export { AlertmanagerCluster } from './stack/alertmanager/alertmanager-cluster.js';
export { PrometheusServer } from './stack/prometheus-server/prometheus-server.js';
export type * from './stack/prometheus-server/prometheus-server-props.js';
export {
  scrapeJob,
  type RelabelConfig,
  type ScrapeDiscovery,
  type ScrapeJob,
  type ScrapeJobProps,
} from './prometheus/scrape-job.js';
