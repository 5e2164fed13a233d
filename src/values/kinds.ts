import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { Checked } from '../schema/constraint.js';
import type { Keys } from '../schema/key.js';
import { alertmanagerClusterNotes } from '../stack/alertmanager/alertmanager-cluster-constraints.js';
import type { AlertmanagerClusterProps } from '../stack/alertmanager/alertmanager-cluster-props.js';
import { ALERTMANAGER_CLUSTER_KEYS } from '../stack/alertmanager/alertmanager-cluster-keys.js';
import {
  alertmanagerClusterSpec,
  type AlertmanagerClusterSpec,
} from '../stack/alertmanager/alertmanager-cluster-spec.js';
import { checkAlertmanagerCluster } from '../stack/alertmanager/check-alertmanager-cluster.js';
import {
  alertmanagerNotes,
  alertmanagerProblems,
} from '../stack/prometheus-server/alertmanager-reference.js';
import { checkPrometheusServer } from '../stack/prometheus-server/check-prometheus-server.js';
import { prometheusServerNotes } from '../stack/prometheus-server/prometheus-server-constraints.js';
import type { PrometheusServerProps } from '../stack/prometheus-server/prometheus-server-props.js';
import { PROMETHEUS_SERVER_KEYS } from '../stack/prometheus-server/prometheus-server-keys.js';
import {
  prometheusServerSpec,
  type PrometheusServerSpec,
} from '../stack/prometheus-server/prometheus-server-spec.js';
import { checkWorkerApp } from '../worker-app/check-worker-app.js';
import { KEYS } from '../worker-app/keys/index.js';
import { workerAppNotes } from '../worker-app/worker-app-constraints.js';
import type { WorkerAppProps } from '../worker-app/worker-app-props.js';
import { workerAppSpec, type WorkerAppSpec } from '../worker-app/worker-app-spec.js';

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

interface KindOfValues<K extends Kind> {
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

export const KINDS: { readonly [K in Kind]: KindOfValues<K> } = {
  WorkerApp: {
    keys: KEYS,
    check: (props) => specOf(checkWorkerApp(props), workerAppSpec),
    notes: workerAppNotes,
  },
  AlertmanagerCluster: {
    keys: ALERTMANAGER_CLUSTER_KEYS,
    check: (props) => specOf(checkAlertmanagerCluster(props), alertmanagerClusterSpec),
    notes: alertmanagerClusterNotes,
  },
  PrometheusServer: {
    keys: PROMETHEUS_SERVER_KEYS,
    check: (props) => specOf(checkPrometheusServer(props), prometheusServerSpec),
    problemsBeside: (spec, others) => alertmanagerProblems(spec, others('AlertmanagerCluster')),
    notes: prometheusServerNotes,
    notesBeside: (spec, others) => alertmanagerNotes(spec, others('AlertmanagerCluster')),
  },
};

export const DEFAULT_KIND: Kind = 'WorkerApp';

/** The kind of documents that hold values for all applications of a folder. It has no objects of its own. */
export const DEFAULTS = 'Defaults';

/** Every kind of a values file. */
export const DOCUMENT_KINDS: readonly string[] = [...Object.keys(KINDS), DEFAULTS];

function specOf<Resolved, Spec>(
  { app, problems }: Checked<Resolved>,
  make: (app: Resolved) => Spec,
): Checked<Spec> {
  return problems === undefined ? { app: make(app) } : { problems };
}
