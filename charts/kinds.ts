import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Kind, PropsOfKind } from '../src/values/kinds.js';
import { WorkerAppChart } from './worker-app-chart.js';

/** What each kind of values file deploys. */
export const CHARTS: { readonly [K in Kind]: new (scope: Construct, props: PropsOfKind[K]) => Chart } = {
  WorkerApp: WorkerAppChart,
};
