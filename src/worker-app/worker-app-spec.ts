import { alertSpecs, type AlertSpecs } from './alerts/alerts.js';
import { appLabels } from '../kubernetes/app-labels.js';
import { Specs } from '../schema/specs.js';
import { targetLabels, type TargetLabels } from './scraping/target-labels.js';
import type { CheckedWorkerApp } from './checked-worker-app.js';
import type { ResolvedWorkerApp } from './keys/index.js';
import { metricsPorts } from './ports/metrics-ports-of.js';

/** A WorkerApp with every default filled in and every fact derived. The constructs are built from it. */
export interface WorkerAppSpec extends CheckedWorkerApp, Omit<ResolvedWorkerApp, 'labels' | 'alerts'> {
  /** On every object and pod. */
  readonly labels: Readonly<Record<string, string>>;
  /** The labels by which Deployment and Service choose the pods. They never change. */
  readonly selector: Readonly<Record<string, string>>;
  /** The labels by which Prometheus knows the targets. */
  readonly target: TargetLabels;
  /** The alerts that are on. */
  readonly alerts: AlertSpecs;
}

/** The specs that were made here. */
export const WORKER_APP_SPECS = new Specs<WorkerAppSpec>();

/** @param app checked values (see `checkWorkerApp`) */
export function workerAppSpec(app: ResolvedWorkerApp): WorkerAppSpec {
  const { name, namespace, metrics } = app;
  const { labels, selector } = appLabels(app);
  return WORKER_APP_SPECS.add({
    ...app,
    labels,
    selector,
    ports: metricsPorts(app),
    target: targetLabels({ name, namespace, labels, metrics }),
    alerts: alertSpecs(app.alerts),
  });
}
