import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import type { WorkerAppProps } from '../worker-app-props.js';

type WithMetrics = Pick<ResolvedWorkerApp, 'metrics'>;

/** The resolved key `metrics`, if it is not `false`. */
export type Metrics = Exclude<ResolvedWorkerApp['metrics'], false>;

/** An application without `metrics: false`. */
export type Scraped<App extends WithMetrics = ResolvedWorkerApp> = App & { readonly metrics: Metrics };

export function isScraped<App extends WithMetrics>(app: App): app is Scraped<App> {
  return app.metrics !== false;
}

/** Whether the application itself opens a metrics port in each worker. */
export function opensWorkerPorts({ metrics }: WithMetrics): boolean {
  return metrics !== false && metrics.strategy === 'port-per-worker' && metrics.exporter === 'app';
}

/** Whether the metrics ports begin at `metrics.startPort`. */
export function hasStartPort({ metrics }: WithMetrics): boolean {
  return metrics !== false && metrics.strategy !== 'aggregated';
}

/** Constraints that have no meaning with `metrics: false`. */
export function whenScraped(
  constraints: readonly Constraint<Scraped, WorkerAppProps>[],
): Constraint<ResolvedWorkerApp, WorkerAppProps>[] {
  return constraints.map(({ problems, ...rest }) => ({
    ...rest,
    problems: (app, given) => (isScraped(app) ? problems(app, given) : []),
  }));
}
