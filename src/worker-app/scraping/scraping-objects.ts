import { NAME_LABEL } from '../../kubernetes/labels.js';
import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ScrapedSpec, WorkerAppSpec } from '../worker-app-spec.js';
import { METRICS_COMPONENT } from './metrics-service.js';
import { WorkerMonitor } from './worker-monitor.js';
import { WorkerService } from './worker-service.js';

/** The Service of the application, with the metrics ports unless they have their own. */
export function addService(scope: Construct, spec: WorkerAppSpec): ApiObject {
  const { name, namespace, labels, selector } = spec;
  const [http, ...otherPorts] = spec.applicationPorts;
  return new WorkerService(scope, 'service', {
    name,
    namespace,
    labels,
    selector,
    servicePort: http?.servicePort,
    targetPort: http?.targetPort,
    otherPorts,
    fields: spec.service,
    ports: spec.portsOfService,
  }).object;
}

/** The headless Service of the metrics ports, with `metrics.service: headless`. */
export function addMetricsService(scope: Construct, spec: ScrapedSpec): ApiObject | undefined {
  const { name, namespace, labels, selector, metrics, ports } = spec;
  if (metrics.monitor !== 'ServiceMonitor' || metrics.service !== 'headless') return undefined;
  return new WorkerService(scope, 'metrics-service', {
    name: `${name}-metrics`,
    namespace,
    labels: { ...labels, ...METRICS_COMPONENT },
    selector,
    ports,
    headless: true,
  }).object;
}

/** The ServiceMonitor or PodMonitor of the metrics ports. */
export function addMonitor(
  scope: Construct,
  { name, namespace, labels, container, metrics, ports, http }: ScrapedSpec,
): ApiObject {
  const { monitor: kind, service, endpoints, interval, scrapeTimeout } = metrics;
  // The name finds the Service, and the component label distinguishes the two Services.
  const ofName = { [NAME_LABEL]: name };
  const isShared = kind === 'ServiceMonitor' && service === 'shared';
  return new WorkerMonitor(scope, 'monitor', {
    kind,
    name,
    namespace,
    labels,
    selector: kind === 'ServiceMonitor' && !isShared ? { ...ofName, ...METRICS_COMPONENT } : ofName,
    ports,
    container,
    // Behind http of the Service may be nginx: the metrics are the application's.
    byTargetPort: isShared && http.targetPort !== undefined && ports.ownNames === 'http',
    endpoints,
    interval,
    scrapeTimeout,
    // The label `job` is the name of the Service. If that is not the application's name, a label of the Service contains it.
    options: isShared ? metrics : { ...metrics, jobLabel: metrics.jobLabel ?? NAME_LABEL },
  }).object;
}
