import { k8s, Protocol, ServiceType } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { MetricsPorts } from '../ports/metrics-ports.js';

export interface WorkerServiceProps {
  readonly name: string;
  readonly namespace: string;
  /** The labels by which a ServiceMonitor finds the Service. */
  readonly labels: Readonly<Record<string, string>>;
  /** The pods that serve. */
  readonly selector: Readonly<Record<string, string>>;
  /** Port of the Service that leads to the container port `http`. */
  readonly servicePort: number;
  readonly ports: MetricsPorts;
}

/**
 * The Service of a WorkerApp: the application's port, and one port a worker. Target ports are named, so that they are
 * looked up pod by pod: right also while pods with different numbers of workers stand side by side.
 */
export class WorkerService extends Construct {
  constructor(scope: Construct, id: string, props: WorkerServiceProps) {
    super(scope, id);
    const { name, namespace, labels, selector } = props;
    new k8s.KubeService(this, 'Resource', {
      metadata: { name, namespace, labels },
      spec: {
        type: ServiceType.CLUSTER_IP,
        selector,
        ports: [
          servicePort('http', props.servicePort),
          ...props.ports.map((port) => servicePort(port.name, port.number)),
        ],
      },
    });
  }
}

function servicePort(name: string, port: number): k8s.ServicePort {
  return { name, port, protocol: Protocol.TCP, targetPort: k8s.IntOrString.fromString(name) };
}
