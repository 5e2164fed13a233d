import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { grafanaDashboard } from './grafana-dashboard.js';
import type { ShownApp } from './panels.js';

export interface WorkerDashboardProps extends ShownApp {
  /** Name of the application. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** By this label Grafana's sidecar finds dashboards. */
const DASHBOARD = { grafana_dashboard: '1' };

/** The Grafana dashboard of a WorkerApp, in a ConfigMap `<name>-dashboard`. */
export class WorkerDashboard extends Construct {
  constructor(scope: Construct, id: string, props: WorkerDashboardProps) {
    super(scope, id);
    const { name, labels, target } = props;
    new k8s.KubeConfigMap(this, 'Resource', {
      metadata: {
        name: `${name}-dashboard`,
        namespace: target.namespace,
        labels: { ...labels, ...DASHBOARD },
      },
      // Grafana's sidecar writes the dashboards of all namespaces into one folder; no namespace has a dot.
      data: {
        [`${target.namespace}.${name}.json`]: `${JSON.stringify(grafanaDashboard(name, props), null, 2)}\n`,
      },
    });
  }
}
