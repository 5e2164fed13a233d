export { checkAtSynth } from './checks/check-at-synth.js';
export { checkManifests } from './checks/check-manifests.js';
export type { Manifest } from './kubernetes/manifest.js';
export { WorkerApp } from './worker-app/worker-app.js';
export type { CronJobObjects } from './worker-app/jobs/job-objects.js';
export type { ProcessObjects } from './worker-app/processes/process-objects.js';
export { WorkerMonitor, type WorkerMonitorProps } from './worker-app/scraping/worker-monitor.js';
export { WorkerService, type WorkerServiceProps } from './worker-app/scraping/worker-service.js';
export { MetricsPorts, type MetricsPort } from './worker-app/ports/metrics-ports.js';
export { InvalidPropsError } from './diagnostics/invalid-props.js';
export {
  formatDiagnostic,
  type Diagnostic,
  type FieldDiagnostic,
  type Severity,
} from './diagnostics/diagnostic.js';
export type { Relabeling } from './prometheus/relabel-config.js';
export type { ScrapeOptions } from './worker-app/scraping/scraping-props.js';
export type * from './worker-app/worker-app-props.js';
export type { ResourceQuantities } from './kubernetes/resources.js';
