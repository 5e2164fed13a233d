export type {
  AlertOptions,
  LatencyAlertOptions,
  ThresholdAlertOptions,
  WorkerAppAlerts,
  WorkersNotScrapedOptions,
} from './alerts/alerts-props.js';
export { checkAtSynth } from './checks/check-at-synth.js';
export { checkManifests } from './checks/check-manifests.js';
export { formatFinding, type Finding, type Severity } from './checks/finding.js';
export type { Manifest } from './checks/manifest.js';
export { WorkerApp } from './constructs/worker-app.js';
export { WorkerMonitor, type WorkerMonitorProps } from './constructs/worker-monitor.js';
export { WorkerService, type WorkerServiceProps } from './constructs/worker-service.js';
export { MetricsPorts, type MetricsPort } from './ports/metrics-ports.js';
export { InvalidPropsError } from './problems/invalid-props.js';
export type { FieldProblem } from './problems/problem.js';
export type { Relabeling } from './prometheus/relabeling.js';
export type { ScrapeAuthorization, ScrapeOptions, ScrapeTls } from './scraping/scraping-props.js';
export type { Day, ServiceWindow } from './service-windows/service-window-props.js';
export type {
  ConfigMapKey,
  EnvValue,
  GunicornOptions,
  ImagePullPolicy,
  ResourceQuantities,
  Resources,
  SecretKey,
  WorkerAppHttp,
  WorkerAppMetrics,
  WorkerAppProps,
} from './worker-app/worker-app-props.js';
