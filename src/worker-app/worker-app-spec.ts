import { alertSpecs, type AlertSpecs } from './alerts/alerts.js';
import { appLabels } from '../kubernetes/app-labels.js';
import { Specs } from '../schema/specs.js';
import { targetLabels, type TargetLabels } from './scraping/target-labels.js';
import type { Metrics } from './scraping/scraped-app.js';
import type { CheckedWorkerApp } from './checked-worker-app.js';
import type { ResolvedWorkerApp } from './keys/index.js';
import {
  applicationPorts,
  containerPorts,
  podPorts,
  type ApplicationPort,
  type NamedPort,
} from './ports/application-ports.js';
import { accountName } from './keys/service-account.js';
import type { ApplicationContext } from './key.js';
import { cronJobSpecs, type CronJobSpec } from './jobs/cron-job-spec.js';
import { migrationSpec, type MigrationSpec } from './jobs/migration-spec.js';
import { processSpecs, type ProcessSpec } from './processes/process-spec.js';
import { podNumbers, type PodNumbers } from './scale/pod-numbers.js';
import type { MetricsPorts } from './ports/metrics-ports.js';
import { metricsPorts, metricsPortsOfContainer, metricsPortsOfService } from './ports/metrics-ports-of.js';

/** A WorkerApp with every default and every computed value. The constructs are built from it. */
export interface WorkerAppSpec
  extends
    CheckedWorkerApp,
    Omit<ResolvedWorkerApp, 'labels' | 'alerts' | 'ports' | 'processes' | 'cronJobs' | 'migrate'> {
  /** Labels of every object and pod. */
  readonly labels: Readonly<Record<string, string>>;
  /** The labels by which Deployment and Service select the pods. They never change. */
  readonly selector: Readonly<Record<string, string>>;
  /** The ports of the Service that are no metrics ports. */
  readonly applicationPorts: readonly ApplicationPort[];
  /** The ports of the application's container that are no metrics ports. */
  readonly containerPorts: readonly NamedPort[];
  /** The metrics ports that the Service has beside these. */
  readonly portsOfService: MetricsPorts;
  /** The metrics ports that the application's container has beside these. */
  readonly portsOfContainer: MetricsPorts;
  readonly pods: PodNumbers;
  /** What processes and jobs share with the web pods. */
  readonly application: ApplicationContext;
  /** The named ports of all containers, without metrics ports. */
  readonly podPorts: readonly NamedPort[];
  /** The labels that identify the targets in Prometheus. Undefined with `metrics: false`. */
  readonly target?: TargetLabels | undefined;
  /** The enabled alerts. */
  readonly alerts: AlertSpecs;
  /** The processes beside the web pods, by their names. */
  readonly processes?: Readonly<Record<string, ProcessSpec>> | undefined;
  /** The jobs that run at set times, by their names. */
  readonly cronJobs?: Readonly<Record<string, CronJobSpec>> | undefined;
  /** The migration of the database. */
  readonly migrate?: MigrationSpec | undefined;
}

/** The spec of an application that Prometheus scrapes. */
export type ScrapedSpec = WorkerAppSpec & { readonly metrics: Metrics; readonly target: TargetLabels };

export function isScrapedSpec(spec: WorkerAppSpec): spec is ScrapedSpec {
  return spec.target !== undefined;
}

/** All specs that this function has created. */
export const WORKER_APP_SPECS = new Specs<WorkerAppSpec>();

/** @param app checked values (see `checkWorkerApp`) */
export function workerAppSpec(app: ResolvedWorkerApp): WorkerAppSpec {
  const { name, namespace, metrics } = app;
  const { labels, selector: ofNames } = appLabels(app);
  const selector = app.selectorLabels ?? ofNames;
  const application = applicationContext(app);
  const ports = metricsPorts(app);
  const computed = {
    labels,
    selector,
    ports,
    portsOfService: metricsPortsOfService(app, ports),
    portsOfContainer: metricsPortsOfContainer(app, ports),
    applicationPorts: applicationPorts(app),
    containerPorts: containerPorts(app),
    pods: podNumbers(app),
    application,
    processes: processSpecs(app, application),
    cronJobs: cronJobSpecs(app, application),
    migrate: migrationSpec(app, application),
    podPorts: podPorts(app),
    target:
      metrics === false
        ? undefined
        : targetLabels({
            name,
            namespace,
            labels: metrics.monitor === 'PodMonitor' ? { ...labels, ...selector, ...app.podLabels } : labels,
            metrics,
          }),
    alerts: alertSpecs(app.alerts),
  };
  // A literal with as many keys after a spread takes V8 ten times as long.
  return WORKER_APP_SPECS.add(Object.assign({}, app, computed));
}

function applicationContext({ name, volumes, serviceAccount }: ResolvedWorkerApp): ApplicationContext {
  const account = serviceAccount === undefined ? undefined : accountName(serviceAccount, name);
  return { name, volumes, account };
}
