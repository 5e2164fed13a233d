import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { ApiObject, type ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import type { MetricsPorts } from '../ports/metrics-ports.js';
import { PrometheusDuration } from '../prometheus/prometheus-duration.js';

export interface WorkerMonitorProps {
  readonly name: string;
  /** Namespace of the monitor and of the Service. */
  readonly namespace: string;
  /** Labels of the monitor; a Prometheus may choose monitors by them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of the Service to scrape: its own labels, not its selector. */
  readonly selector: Readonly<Record<string, string>>;
  /** Ports of the Service, by their names. */
  readonly ports: MetricsPorts;
  /** Time between two scrapes, such as `30s`. */
  readonly interval: string;
  /** @default - Prometheus' own */
  readonly scrapeTimeout?: string;
}

/**
 * The ServiceMonitor of a WorkerApp: one endpoint a worker.
 * @throws RangeError when a duration is none
 */
export class WorkerMonitor extends Construct {
  constructor(scope: Construct, id: string, props: WorkerMonitorProps) {
    super(scope, id);
    const { name, namespace, labels, selector } = props;
    const interval = duration(props.interval);
    const scrapeTimeout = props.scrapeTimeout === undefined ? undefined : duration(props.scrapeTimeout);
    const model = new ServiceMonitor({
      metadata: { name, namespace, labels: { ...labels } },
      spec: {
        selector: { matchLabels: { ...selector } },
        endpoints: props.ports.map((port) => ({ port: port.name, interval, scrapeTimeout })),
      },
    });
    new ApiObject(this, 'Resource', model.toJSON() as ApiObjectProps);
  }
}

function duration(text: string): string {
  return String(PrometheusDuration.parse(text));
}
