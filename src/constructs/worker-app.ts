import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { MetricsPorts } from '../ports/metrics-ports.js';
import { InvalidPropsError } from '../problems/invalid-props.js';
import { METRICS_COMPONENT } from '../scraping/metrics-service.js';
import { workerAppProblems } from '../worker-app/worker-app-problems.js';
import type { WorkerAppProps } from '../worker-app/worker-app-props.js';
import type { GunicornSpec } from '../worker-app/gunicorn-spec.js';
import { resolveWorkerApp, type WorkerAppSpec } from '../worker-app/worker-app-spec.js';
import { GunicornConfig } from './gunicorn-config.js';
import { WorkerDeployment } from './worker-deployment.js';
import { ServiceWindowsConfig } from './service-windows-config.js';
import { ServiceWindowIntervals } from './service-window-intervals.js';
import { WorkerDashboard } from './worker-dashboard.js';
import { WorkerMonitor } from './worker-monitor.js';
import { WorkerRules } from './worker-rules.js';
import { WorkerService } from './worker-service.js';

const NAME = 'app.kubernetes.io/name';

/**
 * A web application whose every worker is scraped: a Deployment, a Service and a ServiceMonitor with the same numbered
 * metrics ports.
 *
 * @throws InvalidPropsError naming each wrong field
 */
export class WorkerApp extends Construct {
  /** The metrics port of each worker. */
  readonly ports: MetricsPorts;

  constructor(scope: Construct, id: string, props: WorkerAppProps) {
    super(scope, id);
    const whole = inChart(props, Chart.of(this));
    const problems = workerAppProblems(whole);
    if (problems.length > 0) throw new InvalidPropsError(`WorkerApp ${this.node.path}`, problems);

    const spec = resolveWorkerApp(whole);
    this.ports = spec.scraping.ports;

    const gunicorn = spec.gunicorn && this.gunicornConfig(spec, spec.gunicorn);
    const serviceWindows = this.addServiceWindows(spec);
    new WorkerDeployment(this, 'deployment', { spec, gunicorn, serviceWindows });
    this.addServices(spec);
    this.addMonitor(spec);
    this.addRules(spec);
    this.addDashboard(spec);
  }

  private gunicornConfig(
    { name, namespace, labels }: WorkerAppSpec,
    { settings }: GunicornSpec,
  ): GunicornConfig {
    return new GunicornConfig(this, 'gunicorn', { name: `${name}-gunicorn`, namespace, labels, settings });
  }

  private addServices({ name, namespace, labels, selector, http, scraping }: WorkerAppSpec): void {
    const { servicePort } = http;
    const { ports, monitor, service } = scraping;
    const shared = monitor === 'ServiceMonitor' && service === 'shared';
    new WorkerService(this, 'service', {
      name,
      namespace,
      labels,
      selector,
      servicePort,
      ports: shared ? ports : undefined,
    });
    if (monitor === 'ServiceMonitor' && service === 'headless') {
      new WorkerService(this, 'metrics-service', {
        name: `${name}-metrics`,
        namespace,
        labels: { ...labels, ...METRICS_COMPONENT },
        selector,
        ports,
        headless: true,
      });
    }
  }

  private addMonitor({ name, namespace, labels, container, scraping }: WorkerAppSpec): void {
    const { ports, monitor, endpoints, service, interval, scrapeTimeout, options } = scraping;
    // One name, one Service in a namespace: the name alone finds it, and the component tells two apart.
    const ofName = { [NAME]: name };
    const isShared = monitor === 'ServiceMonitor' && service === 'shared';
    new WorkerMonitor(this, 'monitor', {
      kind: monitor,
      name,
      namespace,
      labels,
      selector: monitor === 'ServiceMonitor' && !isShared ? { ...ofName, ...METRICS_COMPONENT } : ofName,
      ports,
      container,
      endpoints,
      interval,
      scrapeTimeout,
      // The label job is the name of the Service; where that is not the application's, a label says it.
      options: isShared ? options : { ...options, jobLabel: options.jobLabel ?? NAME },
    });
  }

  /** A dashboard asks for what the recording rules keep, so it needs them too. */
  private addRules({ name, labels, target, alerts, dashboard, replicas, scraping }: WorkerAppSpec): void {
    if (Object.keys(alerts).length === 0 && !dashboard) return;
    const { ports, interval } = scraping;
    new WorkerRules(this, 'rules', { name, labels, target, ports, alerts, replicas, interval });
  }

  private addDashboard({ name, labels, target, dashboard, scraping }: WorkerAppSpec): void {
    if (!dashboard) return;
    const { ports, interval, strategy } = scraping;
    new WorkerDashboard(this, 'dashboard', { name, labels, target, ports, interval, strategy });
  }

  private addServiceWindows(spec: WorkerAppSpec): ServiceWindowsConfig | undefined {
    const { name, namespace, labels, serviceWindows: windows } = spec;
    if (windows.length === 0) return undefined;
    new ServiceWindowIntervals(this, 'time-intervals', { name, namespace, labels, windows });
    return new ServiceWindowsConfig(this, 'service-windows', {
      name: `${name}-service-windows`,
      namespace,
      labels,
      windows,
    });
  }
}

/** Props that are silent of a namespace take the chart's. What is no map of props stays as it is, to be refused. */
function inChart(props: WorkerAppProps, { namespace }: Chart): WorkerAppProps {
  if (typeof props !== 'object' || props === null) return props;
  return props.namespace !== undefined || namespace === undefined ? props : { ...props, namespace };
}
