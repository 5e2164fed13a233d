import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { MetricsPorts } from '../ports/metrics-ports.js';
import { InvalidPropsError } from '../problems/invalid-props.js';
import { workerAppProblems } from '../worker-app/worker-app-problems.js';
import type { WorkerAppProps } from '../worker-app/worker-app-props.js';
import { resolveWorkerApp } from '../worker-app/worker-app-spec.js';
import { GunicornConfig } from './gunicorn-config.js';
import { WorkerDeployment } from './worker-deployment.js';
import { WorkerMonitor } from './worker-monitor.js';
import { WorkerService } from './worker-service.js';

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
    const problems = workerAppProblems(props);
    if (problems.length > 0) throw new InvalidPropsError(`WorkerApp ${this.node.path}`, problems);

    const spec = resolveWorkerApp({ ...props, namespace: props.namespace ?? Chart.of(this).namespace });
    const { name, namespace, labels, selector, ports, interval, scrapeTimeout } = spec;
    const { servicePort } = spec.http;
    this.ports = ports;

    const gunicorn =
      spec.gunicorn &&
      new GunicornConfig(this, 'gunicorn', { name: `${name}-gunicorn`, namespace, labels, ...spec.gunicorn });
    new WorkerDeployment(this, 'deployment', { spec, gunicorn });
    new WorkerService(this, 'service', { name, namespace, labels, selector, servicePort, ports });
    new WorkerMonitor(this, 'monitor', {
      name,
      namespace,
      labels,
      // One name, one Service in a namespace: the name alone finds it.
      selector: { 'app.kubernetes.io/name': name },
      ports,
      interval,
      scrapeTimeout,
    });
  }
}
