import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ConfigMap } from '../../kubernetes/config-map.js';
import { grafanaDashboard } from './grafana-dashboard.js';
import type { ShownApp } from './panels.js';

export interface WorkerDashboardProps extends ShownApp {
  /** Name of the application. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The label by which Grafana's sidecar finds dashboards. */
const DASHBOARD = { grafana_dashboard: '1' };

/** The Grafana dashboard of a WorkerApp, in a ConfigMap `<name>-dashboard`. */
export class WorkerDashboard extends Construct {
  readonly object: ApiObject;

  constructor(scope: Construct, id: string, props: WorkerDashboardProps) {
    super(scope, id);
    const { name, labels, target } = props;
    const { namespace } = target;
    const { object } = new ConfigMap(this, 'Resource', {
      name: `${name}-dashboard`,
      namespace,
      labels: { ...labels, ...DASHBOARD },
      // Grafana's sidecar writes all dashboards into one folder. Names of namespaces contain no dot, so that this is unique.
      data: { [`${namespace}.${name}.json`]: `${JSON.stringify(grafanaDashboard(name, props), null, 2)}\n` },
    });
    this.object = object;
  }
}
