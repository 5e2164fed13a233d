import type { z } from 'zod';
import { alertmanagerClusterProblems } from '../stack/alertmanager/alertmanager-cluster-problems.js';
import type { AlertmanagerClusterProps } from '../stack/alertmanager/alertmanager-cluster-props.js';
import { alertmanagerClusterNotes } from '../stack/alertmanager/alertmanager-cluster-rules.js';
import { alertmanagerClusterSchema } from '../stack/alertmanager/alertmanager-cluster-schema.js';
import { effectiveAlertmanagerCluster } from '../stack/alertmanager/effective-alertmanager-cluster.js';
import type { FieldProblem } from '../diagnostics/problem.js';
import { alertmanagerProblems } from '../stack/prometheus-server/alertmanager-reference.js';
import { effectivePrometheusServer } from '../stack/prometheus-server/effective-prometheus-server.js';
import { prometheusServerProblems } from '../stack/prometheus-server/prometheus-server-problems.js';
import type { PrometheusServerProps } from '../stack/prometheus-server/prometheus-server-props.js';
import { prometheusServerNotes } from '../stack/prometheus-server/prometheus-server-rules.js';
import { prometheusServerSchema } from '../stack/prometheus-server/prometheus-server-schema.js';
import type { Checked } from '../schema/constraint.js';
import { resolveKeys } from '../schema/key.js';
import { checkWorkerApp, workerAppSchema } from '../worker-app/check-worker-app.js';
import { KEYS } from '../worker-app/keys/index.js';
import { workerAppSpec, type WorkerAppSpec } from '../worker-app/worker-app-spec.js';

/** The input of the construct of each kind. */
export interface SpecOfKind {
  WorkerApp: WorkerAppSpec;
  AlertmanagerCluster: AlertmanagerClusterProps;
  PrometheusServer: PrometheusServerProps;
}

export type Kind = keyof SpecOfKind;

/** The specs of a kind in one environment, or in any: documents there may refer to them. */
export type Neighbours = <K extends Kind>(kind: K) => readonly SpecOfKind[K][];

interface KindOfValues<K extends Kind> {
  /** The shape, as far as a schema can say it. */
  readonly schema: z.ZodObject;
  /** Checks what should be props of this kind: every problem, or the spec. */
  check(props: unknown): Checked<SpecOfKind[K]>;
  /** What is wrong with props without problems of their own, beside the others of the same environment. */
  problemsBeside?(spec: SpecOfKind[K], others: Neighbours): FieldProblem[];
  /** What is worth knowing of props without problems. */
  notes?(spec: SpecOfKind[K], others: Neighbours): FieldProblem[];
  /** Each key's value in force. @param props without problems */
  effective(props: object): object;
}

export const KINDS: { readonly [K in Kind]: KindOfValues<K> } = {
  WorkerApp: {
    schema: workerAppSchema,
    check: (props) => {
      const { app, problems } = checkWorkerApp(props);
      return problems === undefined ? { app: workerAppSpec(app) } : { problems };
    },
    effective: (props) => resolveKeys(KEYS, props),
  },
  AlertmanagerCluster: {
    get schema() {
      return alertmanagerClusterSchema();
    },
    check: (props) => checked(alertmanagerClusterProblems(props), props as AlertmanagerClusterProps),
    notes: alertmanagerClusterNotes,
    effective: (props) => effectiveAlertmanagerCluster(props as AlertmanagerClusterProps),
  },
  PrometheusServer: {
    get schema() {
      return prometheusServerSchema();
    },
    check: (props) => checked(prometheusServerProblems(props), props as PrometheusServerProps),
    problemsBeside: (props, others) => alertmanagerProblems(props, others('AlertmanagerCluster')),
    notes: (props, others) => prometheusServerNotes(props, others('AlertmanagerCluster')),
    effective: (props) => effectivePrometheusServer(props as PrometheusServerProps),
  },
};

export const DEFAULT_KIND: Kind = 'WorkerApp';

function checked<Spec>(problems: readonly FieldProblem[], spec: Spec): Checked<Spec> {
  return problems.length > 0 ? { problems } : { app: spec };
}
