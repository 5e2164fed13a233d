import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ServiceWindowIntervals } from './service-windows/service-window-intervals.js';
import { ServiceWindowsConfig } from './service-windows/service-windows-config.js';
import { WorkerDashboard } from './dashboard/worker-dashboard.js';
import { addMetricsService, addMonitor, addService } from './scraping/scraping-objects.js';
import { WorkerRules } from './alerts/worker-rules.js';
import { GunicornConfig } from './gunicorn/gunicorn-config.js';
import type { MetricsPorts } from './ports/metrics-ports.js';
import { addUserObjects, type UserObjects } from '../user-objects/user-objects.js';
import { inChart } from '../kubernetes/in-chart.js';
import { InvalidPropsError } from '../diagnostics/invalid-props.js';
import { addObjectsOfKeys } from './key-objects.js';
import type { ProcessObjects } from './processes/process-objects.js';
import type { CronJobObjects } from './jobs/job-objects.js';
import { migrationJob, withHashInName } from './jobs/migration-job.js';
import { WorkerCronJob } from './jobs/worker-cron-job.js';
import { WorkerProcess } from './processes/worker-process.js';
import { KEYS } from './keys/index.js';
import { annotateObjects } from './annotate-objects.js';
import { claimsAmong } from './volumes/claims.js';
import { checkWorkerApp } from './check-worker-app.js';
import { gunicornSettings } from './gunicorn/gunicorn-settings.js';
import { workerDeployment } from './worker-deployment.js';
import {
  isScrapedSpec,
  WORKER_APP_SPECS,
  workerAppSpec,
  type ScrapedSpec,
  type WorkerAppSpec,
} from './worker-app-spec.js';
import type { CheckedWorkerApp } from './checked-worker-app.js';
import type { WorkerAppProps } from './worker-app-props.js';

/**
 * A web application with several worker processes: a Deployment, a Service and a ServiceMonitor with the same numbered
 * metrics ports, so that Prometheus scrapes every worker.
 *
 * @throws InvalidPropsError with all invalid keys
 * @example
 * const app = new WorkerApp(chart, 'shop', { name: 'shop', image: 'example.com/shop:v1', workers: 4 });
 * app.deployment.addJsonPatch(JsonPatch.add('/spec/template/spec/hostNetwork', true));
 */
export class WorkerApp extends Construct {
  /** The Deployment of the web pods. */
  readonly deployment: ApiObject;
  /** The Service, with the ports of requests. */
  readonly service: ApiObject;
  /** The headless Service of the metrics ports, with `metrics.service: headless`. */
  readonly metricsService?: ApiObject;
  /** The ServiceMonitor or PodMonitor; undefined with `metrics: false`. */
  readonly monitor?: ApiObject;
  /** The PrometheusRule, with `alerts` or `dashboard`. */
  readonly rules?: ApiObject;
  /** The ConfigMap of the Grafana dashboard, with `dashboard`. */
  readonly dashboard?: ApiObject;
  /** The ConfigMap of our gunicorn config, with `gunicorn` or `metrics.exporter: gunicorn`. */
  readonly gunicornConfig?: ApiObject;
  /** The ConfigMap from which the application reads its service windows, with `serviceWindows`. */
  readonly serviceWindows?: ApiObject;
  /** The ConfigMap of the service windows as Alertmanager's time intervals, with `serviceWindows`. */
  readonly timeIntervals?: ApiObject;
  /** The AlertmanagerConfig with the service windows that can be expressed in UTC; none with `metrics: false`. */
  readonly alertmanagerConfig?: ApiObject;
  /** The Ingress, with `ingress`. */
  readonly ingress?: ApiObject;
  /** The HTTPRoute, with `httpRoute`. */
  readonly httpRoute?: ApiObject;
  /** The NetworkPolicy, with `networkPolicy`. */
  readonly networkPolicy?: ApiObject;
  /** The HorizontalPodAutoscaler, with `autoscaling`. */
  readonly autoscaler?: ApiObject;
  /** The PodDisruptionBudget, with more than one pod or `podDisruptionBudget`. */
  readonly disruptionBudget?: ApiObject;
  /** The ServiceAccount, with `serviceAccount: { create: true }`. */
  readonly serviceAccount?: ApiObject;
  /** The Role, with `serviceAccount.rules`. */
  readonly role?: ApiObject;
  /** The RoleBinding, with `serviceAccount.rules`. */
  readonly roleBinding?: ApiObject;
  /** The ConfigMap of the files, with `files`. */
  readonly files?: ApiObject;
  /** The PersistentVolumeClaims, by the names of their volumes, with `volumes.<name>.claim`. */
  readonly claims: Readonly<Record<string, ApiObject>>;
  /** The Job of `migrate`, unless it runs in the web pods. */
  readonly migration?: ApiObject | undefined;
  /** The processes of `processes`, by their names. */
  readonly processes: Readonly<Record<string, ProcessObjects>>;
  /** The jobs of `cronJobs`, by their names. */
  readonly cronJobs: Readonly<Record<string, CronJobObjects>>;
  /** The objects of `objects`, and the diagnostics about `objects` and `patches`, with one of these keys. */
  readonly userObjects?: UserObjects;
  /** The metrics port of each worker; none with `metrics: false`. */
  readonly ports: MetricsPorts;

  /** @param props the props, or a spec of checked props (from a values file) */
  constructor(scope: Construct, id: string, props: WorkerAppProps | CheckedWorkerApp) {
    super(scope, id);
    const spec = this.specOf(props);
    this.ports = spec.ports;
    const gunicorn = this.addGunicornConfig(spec);
    const intervals = this.addTimeIntervals(spec);
    const serviceWindows = this.addServiceWindows(spec);
    this.gunicornConfig = gunicorn?.object;
    this.timeIntervals = intervals?.configMap;
    this.alertmanagerConfig = intervals?.alertmanagerConfig;
    this.serviceWindows = serviceWindows?.object;
    // Before the Deployment: its pods start with the new content.
    const ofKeys = addObjectsOfKeys(this, KEYS, spec);
    this.migration = migrationJob(this, spec.migrate);
    this.deployment = workerDeployment(this, spec, { gunicorn, serviceWindows });
    this.service = addService(this, spec);
    if (isScrapedSpec(spec)) {
      this.metricsService = addMetricsService(this, spec);
      this.monitor = addMonitor(this, spec);
      this.rules = this.addRules(spec);
      this.dashboard = this.addDashboard(spec);
    }
    this.ingress = ofKeys['ingress'];
    this.httpRoute = ofKeys['http-route'];
    this.networkPolicy = ofKeys['network-policy'];
    this.autoscaler = ofKeys['autoscaler'];
    this.disruptionBudget = ofKeys['disruption-budget'];
    this.serviceAccount = ofKeys['service-account'];
    this.role = ofKeys['role'];
    this.roleBinding = ofKeys['role-binding'];
    this.files = ofKeys['files'];
    this.claims = claimsAmong(ofKeys);
    this.processes = this.addProcesses(spec);
    this.cronJobs = this.addCronJobs(spec);
    annotateObjects(this, spec.annotations);
    this.userObjects = addUserObjects(this, spec, props === spec ? undefined : `WorkerApp ${this.node.path}`);
    if (this.migration !== undefined) withHashInName(this.migration);
  }

  private specOf(props: WorkerAppProps | CheckedWorkerApp): WorkerAppSpec {
    if (WORKER_APP_SPECS.has(props)) return props;
    const { app, problems } = checkWorkerApp(inChart(this, props));
    if (problems !== undefined) throw new InvalidPropsError(`WorkerApp ${this.node.path}`, problems);
    return workerAppSpec(app);
  }

  private addGunicornConfig(spec: WorkerAppSpec): GunicornConfig | undefined {
    if (spec.gunicorn === undefined) return undefined;
    const { name, namespace, labels } = spec;
    const settings = gunicornSettings(spec, spec.gunicorn);
    return new GunicornConfig(this, 'gunicorn', { name: `${name}-gunicorn`, namespace, labels, settings });
  }

  /** A dashboard needs the recording rules too: it queries their series. */
  private addRules(spec: ScrapedSpec): ApiObject | undefined {
    const { name, labels, target, alerts, dashboard, pods, ports, metrics } = spec;
    if (Object.keys(alerts).length === 0 && !dashboard) return undefined;
    const { interval } = metrics;
    const fewestPods = pods.fewest;
    return new WorkerRules(this, 'rules', { name, labels, target, ports, alerts, fewestPods, interval })
      .object;
  }

  private addDashboard({
    name,
    labels,
    target,
    dashboard,
    ports,
    metrics,
  }: ScrapedSpec): ApiObject | undefined {
    if (!dashboard) return undefined;
    const { interval, strategy } = metrics;
    return new WorkerDashboard(this, 'dashboard', { name, labels, target, ports, interval, strategy }).object;
  }

  private addCronJobs({ cronJobs = {} }: WorkerAppSpec): Readonly<Record<string, CronJobObjects>> {
    return Object.fromEntries(
      Object.entries(cronJobs).map(([name, spec]) => [
        name,
        new WorkerCronJob(this, `cron-job-${name}`, spec),
      ]),
    );
  }

  private addProcesses({
    processes = {},
    metrics,
    migrate,
  }: WorkerAppSpec): Readonly<Record<string, ProcessObjects>> {
    return Object.fromEntries(
      Object.entries(processes).map(([name, spec]) => [
        name,
        new WorkerProcess(this, `process-${name}`, spec, {
          monitorKind: metrics === false ? 'ServiceMonitor' : metrics.monitor,
          migrate,
        }),
      ]),
    );
  }

  private addTimeIntervals(spec: WorkerAppSpec): ServiceWindowIntervals | undefined {
    const { name, namespace, labels, serviceWindows: windows = [] } = spec;
    if (windows.length === 0) return undefined;
    const hasOperator = spec.metrics !== false;
    return new ServiceWindowIntervals(this, 'time-intervals', {
      name,
      namespace,
      labels,
      windows,
      hasOperator,
    });
  }

  private addServiceWindows(spec: WorkerAppSpec): ServiceWindowsConfig | undefined {
    const { name, namespace, labels, serviceWindows: windows = [] } = spec;
    if (windows.length === 0) return undefined;
    return new ServiceWindowsConfig(this, 'service-windows', {
      name: `${name}-service-windows`,
      namespace,
      labels,
      windows,
    });
  }
}
