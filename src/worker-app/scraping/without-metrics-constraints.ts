import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';

/** Keys that have no meaning with `metrics: false`. */
export const WITHOUT_METRICS_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  { reads: ['metrics', 'alerts'], problems: alerts },
  { reads: ['metrics', 'dashboard'], problems: dashboard },
  { reads: ['metrics', 'networkPolicy'], problems: metricsFrom },
];

function alerts({ metrics, alerts: given }: ResolvedWorkerApp): FieldDiagnostic[] {
  if (metrics !== false || given === false) return [];
  return [without(['alerts'], 'there is no metric to alert on', 'set it to false')];
}

function dashboard({ metrics, dashboard: given }: ResolvedWorkerApp): FieldDiagnostic[] {
  if (metrics !== false || !given) return [];
  return [without(['dashboard'], 'there is no metric to show', 'set it to false')];
}

function metricsFrom({ metrics, networkPolicy }: ResolvedWorkerApp): FieldDiagnostic[] {
  if (metrics !== false || networkPolicy === false || networkPolicy.metricsFrom === undefined) return [];
  return [
    without(
      ['networkPolicy', 'metricsFrom'],
      'there is no metrics port',
      'remove it (in an environment: metricsFrom: null)',
    ),
  ];
}

function without(path: FieldPath, message: string, remedy: string): FieldDiagnostic {
  return { path, message: `metrics is false, and ${message}`, hint: `${remedy}, or remove metrics: false` };
}
