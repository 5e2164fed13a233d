import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { ApiObject, ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import type { ScrapeEndpointsProps } from './scrape-endpoints-props.js';
import type { MonitorKind } from '../worker-app-props.js';
import { scrapeEndpoints } from './scrape-endpoints.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

/** Props of a WorkerMonitor. Durations are checked at once; `checkAtSynth` checks the finished monitor. */
export interface WorkerMonitorProps extends ScrapeEndpointsProps {
  /** Name of the monitor. */
  readonly name: string;
  /** Namespace of the monitor, and of the Service and pods. */
  readonly namespace: string;
  /** Labels of the monitor, by which a Prometheus can select it. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of the Service to scrape (its own labels, not its selector), or with a PodMonitor of the pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** A PodMonitor finds the pods without a Service. @default ServiceMonitor */
  readonly kind?: MonitorKind;
}

/**
 * The ServiceMonitor or PodMonitor of a WorkerApp.
 * @throws RangeError if a duration is invalid
 */
export class WorkerMonitor extends Construct {
  /** The ServiceMonitor or PodMonitor. */
  readonly object: ApiObject;

  constructor(scope: Construct, id: string, props: WorkerMonitorProps) {
    super(scope, id);
    const { name, namespace, labels, selector, options = {} } = props;
    const { extraEndpoints = [] } = options;
    const endpoints = [...scrapeEndpoints(props), ...extraEndpoints];
    const apiVersion = 'monitoring.coreos.com/v1';
    const metadata = { name, namespace, labels: { ...labels } };
    const spec = {
      selector: { matchLabels: { ...selector } },
      selectorMechanism: options.selectorMechanism,
      jobLabel: options.jobLabel,
      podTargetLabels: options.podLabels && [...options.podLabels],
      sampleLimit: options.sampleLimit,
      targetLimit: options.targetLimit,
      keepDroppedTargets: options.keepDroppedTargets,
      scrapeProtocols: options.scrapeProtocols && [...options.scrapeProtocols],
    };
    const monitor: IServiceMonitor | IPodMonitor =
      props.kind === 'PodMonitor'
        ? { apiVersion, kind: 'PodMonitor', metadata, spec: { ...spec, podMetricsEndpoints: endpoints } }
        : { apiVersion, kind: 'ServiceMonitor', metadata, spec: { ...spec, endpoints } };
    this.object = new PlainObject(this, 'Resource', monitor as ApiObjectProps);
  }
}
