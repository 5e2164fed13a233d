import { NAME_LABEL } from '../../kubernetes/labels.js';
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { ApiObject, ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import type { MonitorKind } from '../worker-app-props.js';
import type { ProcessSpec } from './process-spec.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

/** Adds the monitor of a process, if it has metrics. @param kind that of the application's monitor */
export function processMonitor(
  scope: Construct,
  { name, namespace, labels, metrics, endpoints: { metrics: port } }: ProcessSpec,
  kind: MonitorKind,
): ApiObject | undefined {
  if (metrics === undefined || port === undefined) return undefined;
  const { path, interval } = metrics;
  const apiVersion = 'monitoring.coreos.com/v1';
  const metadata = { name, namespace, labels: { ...labels } };
  const endpoints = [{ port, path, interval }];
  const spec = { selector: { matchLabels: { [NAME_LABEL]: name } } };
  const monitor: IServiceMonitor | IPodMonitor =
    kind === 'PodMonitor'
      ? // The label `job` is the name of the process, as with a ServiceMonitor.
        {
          apiVersion,
          kind,
          metadata,
          spec: { ...spec, jobLabel: NAME_LABEL, podMetricsEndpoints: endpoints },
        }
      : { apiVersion, kind, metadata, spec: { ...spec, endpoints } };
  return new PlainObject(scope, 'monitor', monitor as ApiObjectProps);
}
