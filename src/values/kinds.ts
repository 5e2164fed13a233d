import type { z } from 'zod';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { Checked } from '../schema/constraint.js';
import type { Keys } from '../schema/key.js';
import { alertmanagerClusterNotes } from '../stack/alertmanager/alertmanager-cluster-constraints.js';
import { ALERTMANAGER_CLUSTER_KEYS } from '../stack/alertmanager/alertmanager-cluster-keys.js';
import {
  alertmanagerClusterSpec,
  type AlertmanagerClusterSpec,
} from '../stack/alertmanager/alertmanager-cluster-spec.js';
import {
  alertmanagerClusterSchema,
  checkAlertmanagerCluster,
} from '../stack/alertmanager/check-alertmanager-cluster.js';
import { alertmanagerProblems } from '../stack/prometheus-server/alertmanager-reference.js';
import {
  checkPrometheusServer,
  prometheusServerSchema,
} from '../stack/prometheus-server/check-prometheus-server.js';
import { prometheusServerNotes } from '../stack/prometheus-server/prometheus-server-constraints.js';
import { PROMETHEUS_SERVER_KEYS } from '../stack/prometheus-server/prometheus-server-keys.js';
import {
  prometheusServerSpec,
  type PrometheusServerSpec,
} from '../stack/prometheus-server/prometheus-server-spec.js';
import { checkWorkerApp, workerAppSchema } from '../worker-app/check-worker-app.js';
import { KEYS } from '../worker-app/keys/index.js';
import { workerAppSpec, type WorkerAppSpec } from '../worker-app/worker-app-spec.js';

/** The input of the construct of each kind. */
export interface SpecOfKind {
  WorkerApp: WorkerAppSpec;
  AlertmanagerCluster: AlertmanagerClusterSpec;
  PrometheusServer: PrometheusServerSpec;
}

export type Kind = keyof SpecOfKind;

/** The specs of a kind in one environment, or in any: documents there may refer to them. */
export type Neighbours = <K extends Kind>(kind: K) => readonly SpecOfKind[K][];

interface KindOfValues<K extends Kind> {
  readonly keys: Keys;
  /** The shape, as far as a schema can say it. */
  readonly schema: z.ZodObject;
  /** Checks what should be props of this kind: every problem, or the spec. */
  check(props: unknown): Checked<SpecOfKind[K]>;
  /** What is wrong with props without problems of their own, beside the others of the same environment. */
  problemsBeside?(spec: SpecOfKind[K], others: Neighbours): FieldDiagnostic[];
  /** What is worth knowing of props without problems. */
  notes?(spec: SpecOfKind[K], others: Neighbours): FieldDiagnostic[];
}

export const KINDS: { readonly [K in Kind]: KindOfValues<K> } = {
  WorkerApp: {
    keys: KEYS,
    schema: workerAppSchema,
    check: (props) => specOf(checkWorkerApp(props), workerAppSpec),
  },
  AlertmanagerCluster: {
    keys: ALERTMANAGER_CLUSTER_KEYS,
    schema: alertmanagerClusterSchema,
    check: (props) => specOf(checkAlertmanagerCluster(props), alertmanagerClusterSpec),
    notes: alertmanagerClusterNotes,
  },
  PrometheusServer: {
    keys: PROMETHEUS_SERVER_KEYS,
    schema: prometheusServerSchema,
    check: (props) => specOf(checkPrometheusServer(props), prometheusServerSpec),
    problemsBeside: (spec, others) => alertmanagerProblems(spec, others('AlertmanagerCluster')),
    notes: (spec, others) => prometheusServerNotes(spec, others('AlertmanagerCluster')),
  },
};

export const DEFAULT_KIND: Kind = 'WorkerApp';

function specOf<Resolved, Spec>(
  { app, problems }: Checked<Resolved>,
  make: (app: Resolved) => Spec,
): Checked<Spec> {
  return problems === undefined ? { app: make(app) } : { problems };
}
