import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Kind, PropsOfKind } from '../src/values/kinds.js';

type ChartOf<K extends Kind> = new (scope: Construct, props: PropsOfKind[K]) => Chart;

/** What each kind of values file deploys. Loaded when it is needed: an application pays for no other kind's models. */
export const CHARTS: { readonly [K in Kind]: () => Promise<ChartOf<K>> } = {
  WorkerApp: async () => (await import('./worker-app-chart.js')).WorkerAppChart,
  AlertmanagerCluster: async () => (await import('./alertmanager-cluster-chart.js')).AlertmanagerClusterChart,
  PrometheusServer: async () => (await import('./prometheus-server-chart.js')).PrometheusServerChart,
};
