import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { mergeShapes } from '../../kubernetes-shapes/merge-shapes.js';
import type { ServiceFields } from '../../kubernetes-shapes/types.js';
import type { MetricsPorts } from '../ports/metrics-ports.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

/** Props of a WorkerService. They are not checked: `checkAtSynth` checks the finished Service. */
export interface WorkerServiceProps {
  /** Name of the Service: a DNS-1035 label of at most 63 characters. */
  readonly name: string;
  readonly namespace: string;
  /** The labels by which a ServiceMonitor finds the Service. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of the pods that the Service selects. */
  readonly selector: Readonly<Record<string, string>>;
  /** Port of the Service that leads to `targetPort`, 1 to 65535. It has the name `http`. @default - no such port */
  readonly servicePort?: number;
  /** Name of the container port that receives the requests to `servicePort`. @default http */
  readonly targetPort?: string;
  /** More ports, each with the name of a container port. @default - none */
  readonly otherPorts?: readonly ServicePort[];
  /** The metrics ports of the pods. Each has its own name and number in the Service, too. @default - none */
  readonly ports?: MetricsPorts;
  /** Annotations, and fields of the spec. @default - a ClusterIP Service */
  readonly fields?: ServiceFields;
  /** Whether the Service has no cluster IP, so that its ports need no iptables rules on nodes. @default false */
  readonly headless?: boolean;
}

/** A port of a Service. */
export interface ServicePort {
  /** The name of the port in the Service and in the container. */
  readonly name: string;
  /** Port of the Service, 1 to 65535. */
  readonly servicePort: number;
}

/**
 * A Service of a WorkerApp, with the application's port, its metrics ports, or both. Target ports are names, which Kubernetes
 * resolves for each pod: this also works while pods have different numbers of workers during a rollout.
 */
export class WorkerService extends Construct {
  /** The Service. */
  readonly object: ApiObject;

  constructor(scope: Construct, id: string, props: WorkerServiceProps) {
    super(scope, id);
    const { name, namespace, labels, selector } = props;
    const { annotations, ...fields } = props.fields ?? {};
    this.object = new PlainObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name,
        namespace,
        labels: { ...labels },
        ...(annotations && { annotations: { ...annotations } }),
      },
      spec: {
        type: 'ClusterIP',
        ...(mergeShapes({}, fields) as ServiceFields),
        clusterIP: props.headless === true ? 'None' : undefined,
        selector,
        ports: [
          ...(props.servicePort === undefined
            ? []
            : [servicePort('http', props.servicePort, props.targetPort)]),
          ...(props.otherPorts?.map((port) => servicePort(port.name, port.servicePort)) ?? []),
          ...(props.ports?.map((port) => servicePort(port.name, port.number)) ?? []),
        ],
      },
    });
  }
}

function servicePort(name: string, port: number, targetPort = name) {
  return { name, port, protocol: 'TCP', targetPort };
}
