import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { Checked } from '../schema/constraint.js';
import type { Keys } from '../schema/key.js';
import type { AlertmanagerClusterProps } from '../stack/alertmanager/alertmanager-cluster-props.js';
import type { AlertmanagerClusterSpec } from '../stack/alertmanager/alertmanager-cluster-spec.js';
import type { PrometheusServerProps } from '../stack/prometheus-server/prometheus-server-props.js';
import type { PrometheusServerSpec } from '../stack/prometheus-server/prometheus-server-spec.js';
import type { WorkerAppProps } from '../worker-app/worker-app-props.js';
import type { WorkerAppSpec } from '../worker-app/worker-app-spec.js';

/** The input of each kind's construct. */
export interface SpecOfKind {
  WorkerApp: WorkerAppSpec;
  AlertmanagerCluster: AlertmanagerClusterSpec;
  PrometheusServer: PrometheusServerSpec;
}

/** The values of each kind, as written. */
export interface PropsOfKind {
  WorkerApp: WorkerAppProps;
  AlertmanagerCluster: AlertmanagerClusterProps;
  PrometheusServer: PrometheusServerProps;
}

export type Kind = keyof SpecOfKind;

/** Returns the specs of a kind in an environment, or without one: documents there may refer to them. */
export type References = <K extends Kind>(kind: K) => readonly SpecOfKind[K][];

/** A kind of values: its keys and their checks. */
export interface KindOfValues<K extends Kind> {
  readonly keys: Keys;
  /** Validates props of this kind: returns the spec, or all problems. */
  check(props: unknown): Checked<SpecOfKind[K]>;
  /** Problems of valid props together with the others of the same environment. */
  problemsBeside?(spec: SpecOfKind[K], others: References): FieldDiagnostic[];
  /** Notes on valid props that are unwise. @param props as written */
  notes(spec: SpecOfKind[K], props: PropsOfKind[K]): FieldDiagnostic[];
  /** Notes on valid props that are unwise together with the others of the same environment. */
  notesBeside?(spec: SpecOfKind[K], others: References): FieldDiagnostic[];
}

/** Returns the spec of checked props, or their problems. */
export function specOf<Resolved, Spec>(
  { app, problems }: Checked<Resolved>,
  make: (app: Resolved) => Spec,
): Checked<Spec> {
  return problems === undefined ? { app: make(app) } : { problems };
}
