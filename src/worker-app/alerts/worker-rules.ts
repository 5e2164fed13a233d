import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { alertRules, type WatchedApp } from './alert-rules.js';
import type { AlertSpecs } from './alerts.js';
import { recordingRules, type RecordedApp } from './recording-rules.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

export interface WorkerRulesProps extends WatchedApp, RecordedApp {
  /** Labels of the PrometheusRule; a Prometheus may choose rules by them. */
  readonly labels: Readonly<Record<string, string>>;
  /** @default - none; the recording rules alone */
  readonly alerts?: AlertSpecs;
}

/** The PrometheusRule of a WorkerApp: sums over its workers, and its alerts. */
export class WorkerRules extends Construct {
  readonly object: ApiObject;

  constructor(scope: Construct, id: string, props: WorkerRulesProps) {
    super(scope, id);
    const { name, target, labels, alerts = {} } = props;
    const recording = recordingRules(props).map(({ record, expr }) => ({ record, expr: String(expr) }));
    const alerting = alertRules(props, alerts).map(({ expr, ...rule }) => ({
      ...rule,
      expr: String(expr),
      labels: { ...rule.labels },
      annotations: { ...rule.annotations },
    }));
    const groups = [
      { name: `${name}.recording`, rules: recording },
      { name: `${name}.alerts`, rules: alerting },
    ];
    const manifest = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name, namespace: target.namespace, labels: { ...labels } },
      spec: { groups: groups.filter(({ rules }) => rules.length > 0) },
    } satisfies IPrometheusRule;
    this.object = new PlainObject(this, 'Resource', manifest);
  }
}
