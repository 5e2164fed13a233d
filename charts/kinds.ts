import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { UserObjects } from '../src/user-objects/user-objects.js';
import type { Kind, SpecOfKind } from '../src/values/kinds.js';
import type { Values } from '../src/values/parse-values.js';
import { WorkerAppChart } from './worker-app-chart.js';

/** The objects of a document. */
export interface ValuesChart extends Chart {
  /** Set with `objects` or `patches`. */
  readonly userObjects: UserObjects | undefined;
}

type ChartOf<K extends Kind> = new (scope: Construct, spec: SpecOfKind[K]) => ValuesChart;

/** The chart of each kind that a run needs. */
export type Charts = { readonly [K in Kind]?: ChartOf<K> };

/** Only the chart of applications. */
export const WORKER_APP_CHARTS: Charts = { WorkerApp: WorkerAppChart };

/** The charts of the other kinds. They are loaded on demand, as their models slow down the start. */
const LOADERS: { readonly [K in Exclude<Kind, 'WorkerApp'>]: () => Promise<Charts> } = {
  AlertmanagerCluster: async () => ({
    AlertmanagerCluster: (await import('./alertmanager-cluster-chart.js')).AlertmanagerClusterChart,
  }),
  PrometheusServer: async () => ({
    PrometheusServer: (await import('./prometheus-server-chart.js')).PrometheusServerChart,
  }),
};

/** Loads the charts for the kinds of the documents. */
export async function chartsFor(values: readonly Values[]): Promise<Charts> {
  const kinds = new Set(values.map(({ kind }) => kind));
  const loaded = await Promise.all([...kinds].map((kind) => (kind === 'WorkerApp' ? {} : LOADERS[kind]())));
  return Object.assign({}, WORKER_APP_CHARTS, ...loaded) as Charts;
}
