import { alertmanagerClusterNotes } from '../stack/alertmanager/alertmanager-cluster-constraints.js';
import { ALERTMANAGER_CLUSTER_KEYS } from '../stack/alertmanager/alertmanager-cluster-keys.js';
import { alertmanagerClusterSpec } from '../stack/alertmanager/alertmanager-cluster-spec.js';
import { checkAlertmanagerCluster } from '../stack/alertmanager/check-alertmanager-cluster.js';
import {
  alertmanagerNotes,
  alertmanagerProblems,
} from '../stack/prometheus-server/alertmanager-reference.js';
import { checkPrometheusServer } from '../stack/prometheus-server/check-prometheus-server.js';
import { prometheusServerNotes } from '../stack/prometheus-server/prometheus-server-constraints.js';
import { PROMETHEUS_SERVER_KEYS } from '../stack/prometheus-server/prometheus-server-keys.js';
import { prometheusServerSpec } from '../stack/prometheus-server/prometheus-server-spec.js';
import { specOf, type KindOfValues } from './kind-of-values.js';

// Most runs have only applications: a bundle loads this file when a document has one of its kinds (bin/on-demand.mjs).

export const ALERTMANAGER_CLUSTER: KindOfValues<'AlertmanagerCluster'> = {
  keys: ALERTMANAGER_CLUSTER_KEYS,
  check: (props) => specOf(checkAlertmanagerCluster(props), alertmanagerClusterSpec),
  notes: alertmanagerClusterNotes,
};

export const PROMETHEUS_SERVER: KindOfValues<'PrometheusServer'> = {
  keys: PROMETHEUS_SERVER_KEYS,
  check: (props) => specOf(checkPrometheusServer(props), prometheusServerSpec),
  problemsBeside: (spec, others) => alertmanagerProblems(spec, others('AlertmanagerCluster')),
  notes: prometheusServerNotes,
  notesBeside: (spec, others) => alertmanagerNotes(spec, others('AlertmanagerCluster')),
};
