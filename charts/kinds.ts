import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Kind, SpecOfKind } from '../src/values/kinds.js';
import type { Values } from '../src/values/parse-values.js';
import { WorkerAppChart } from './worker-app-chart.js';

type ChartOf<K extends Kind> = new (scope: Construct, spec: SpecOfKind[K]) => Chart;

/** What kinds of values file deploy: those that a run needs. */
export type Charts = { readonly [K in Kind]?: ChartOf<K> };

/** Applications alone. */
export const WORKER_APP_CHARTS: Charts = { WorkerApp: WorkerAppChart };

/** What each other kind deploys. Loaded when it is needed: an application pays for no other kind's models. */
const LOADERS: { readonly [K in Exclude<Kind, 'WorkerApp'>]: () => Promise<Charts> } = {
  AlertmanagerCluster: async () => ({
    AlertmanagerCluster: (await import('./alertmanager-cluster-chart.js')).AlertmanagerClusterChart,
  }),
  PrometheusServer: async () => ({
    PrometheusServer: (await import('./prometheus-server-chart.js')).PrometheusServerChart,
  }),
};

/** What the kinds of some documents deploy. */
export async function chartsFor(values: readonly Values[]): Promise<Charts> {
  const kinds = new Set(values.map(({ kind }) => kind));
  const loaded = await Promise.all([...kinds].map((kind) => (kind === 'WorkerApp' ? {} : LOADERS[kind]())));
  return Object.assign({}, WORKER_APP_CHARTS, ...loaded) as Charts;
}
