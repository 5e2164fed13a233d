import type { IAlertmanagerConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfig';
import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { timeIntervals, timeIntervalsInUtc, weekday } from './alertmanager-intervals.js';
import type { ResolvedServiceWindow } from './service-windows-key.js';
import { ConfigMap } from '../../kubernetes/config-map.js';
import { dumpYaml } from '../../yaml/dump-yaml.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

export interface ServiceWindowIntervalsProps {
  /** Name of the application. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly windows: readonly ResolvedServiceWindow[];
  /** Whether the prometheus-operator runs in the cluster: an AlertmanagerConfig is its object. */
  readonly hasOperator: boolean;
}

const FILE = 'time-intervals.yaml';

/**
 * Service windows as time intervals of Alertmanager. The ConfigMap `<name>-time-intervals` contains all of them, in the format
 * of Alertmanager's configuration; the AlertmanagerConfig contains those that can be expressed in UTC.
 */
export class ServiceWindowIntervals extends Construct {
  readonly configMap: ApiObject;
  /** Undefined if every time zone has daylight saving time: the operator's intervals are in UTC. Undefined without the operator, too. */
  readonly alertmanagerConfig?: ApiObject;

  constructor(scope: Construct, id: string, props: ServiceWindowIntervalsProps) {
    super(scope, id);
    const { name, namespace, labels, windows } = props;
    const data = { [FILE]: dumpYaml(file(props)) };
    const { object } = new ConfigMap(this, 'File', {
      name: `${name}-time-intervals`,
      namespace,
      labels,
      data,
    });
    this.configMap = object;
    const inUtc = props.hasOperator ? timeIntervalsInUtc(windows) : [];
    if (inUtc.length === 0) return;
    const manifest = {
      apiVersion: 'monitoring.coreos.com/v1alpha1',
      kind: 'AlertmanagerConfig',
      metadata: { name, namespace, labels: { ...labels } },
      spec: {
        // The operator ignores a config without a route. This route matches no alert, because every alert has a name.
        route: { receiver: 'none', matchers: [{ name: 'alertname', matchType: '=', value: '' }] },
        receivers: [{ name: 'none' }],
        muteTimeIntervals: inUtc.map(({ component, hours }) => ({
          name: component,
          timeIntervals: hours.map(({ days, start, end }) => ({
            weekdays: days.map(weekday),
            times: [{ startTime: start, endTime: end }],
          })),
        })),
      },
    } satisfies IAlertmanagerConfig;
    this.alertmanagerConfig = new PlainObject(this, 'Resource', manifest);
  }
}

/** Contains the application's name, and differs from the names that the operator writes: Alertmanager refuses duplicates. */
function file({ name, namespace, windows }: ServiceWindowIntervalsProps): object {
  return {
    time_intervals: timeIntervals(windows).map(({ component, hours }) => ({
      name: `${component}@${name}.${namespace}`,
      time_intervals: hours.map(({ days, start, end, timeZone }) => ({
        weekdays: days.map(weekday),
        times: [{ start_time: start, end_time: end }],
        location: timeZone,
      })),
    })),
  };
}
