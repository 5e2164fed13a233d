import type { z } from 'zod';
import { alertmanagerClusterProblems } from '../alertmanager/alertmanager-cluster-problems.js';
import type { AlertmanagerClusterProps } from '../alertmanager/alertmanager-cluster-props.js';
import { alertmanagerClusterNotes } from '../alertmanager/alertmanager-cluster-rules.js';
import { alertmanagerClusterSchema } from '../alertmanager/alertmanager-cluster-schema.js';
import { effectiveAlertmanagerCluster } from '../alertmanager/effective-alertmanager-cluster.js';
import type { FieldProblem } from '../problems/problem.js';
import { alertmanagerProblems } from '../prometheus-server/alertmanager-reference.js';
import { effectivePrometheusServer } from '../prometheus-server/effective-prometheus-server.js';
import { prometheusServerProblems } from '../prometheus-server/prometheus-server-problems.js';
import type { PrometheusServerProps } from '../prometheus-server/prometheus-server-props.js';
import { prometheusServerNotes } from '../prometheus-server/prometheus-server-rules.js';
import { prometheusServerSchema } from '../prometheus-server/prometheus-server-schema.js';
import { effectiveWorkerApp } from '../worker-app/effective-worker-app.js';
import { workerAppProblems } from '../worker-app/worker-app-problems.js';
import type { WorkerAppProps } from '../worker-app/worker-app-props.js';
import { workerAppSchema } from '../worker-app/worker-app-schema.js';

/** What each kind of values file describes. */
export interface PropsOfKind {
  WorkerApp: WorkerAppProps;
  AlertmanagerCluster: AlertmanagerClusterProps;
  PrometheusServer: PrometheusServerProps;
}

export type Kind = keyof PropsOfKind;

/** The props of a kind that values have in one environment, or in any: what others there may refer to. */
export type Neighbours = <K extends Kind>(kind: K) => readonly PropsOfKind[K][];

interface KindOfValues<K extends Kind> {
  /** The shape, as far as a schema can say it. */
  readonly schema: z.ZodObject;
  /** Everything that is wrong in what should be the props of this kind. */
  problems(value: unknown): FieldProblem[];
  /** What is wrong with props without problems of their own, beside the others of the same environment. */
  problemsBeside?(props: PropsOfKind[K], others: Neighbours): FieldProblem[];
  /** What is worth knowing of props without problems. */
  notes?(props: PropsOfKind[K], others: Neighbours): FieldProblem[];
  /** Props without problems, with every default written out. */
  effective(props: PropsOfKind[K]): PropsOfKind[K];
}

export const KINDS: { readonly [K in Kind]: KindOfValues<K> } = {
  WorkerApp: { schema: workerAppSchema, problems: workerAppProblems, effective: effectiveWorkerApp },
  AlertmanagerCluster: {
    get schema() {
      return alertmanagerClusterSchema();
    },
    problems: alertmanagerClusterProblems,
    notes: alertmanagerClusterNotes,
    effective: effectiveAlertmanagerCluster,
  },
  PrometheusServer: {
    get schema() {
      return prometheusServerSchema();
    },
    problems: prometheusServerProblems,
    problemsBeside: (props, others) => alertmanagerProblems(props, others('AlertmanagerCluster')),
    notes: (props, others) => prometheusServerNotes(props, others('AlertmanagerCluster')),
    effective: effectivePrometheusServer,
  },
};

export const DEFAULT_KIND: Kind = 'WorkerApp';
