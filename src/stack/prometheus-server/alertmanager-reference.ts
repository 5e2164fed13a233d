import type { AlertmanagerClusterSpec } from '../alertmanager/alertmanager-cluster-spec.js';
import { peersConfigMap } from '../alertmanager/alertmanager-peers.js';
import { nearestName } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { PrometheusServerSpec } from './prometheus-server-spec.js';

type Server = Pick<PrometheusServerSpec, 'alertmanager' | 'namespace'>;
type Cluster = Pick<AlertmanagerClusterSpec, 'name' | 'form' | 'namespace'>;

const PATH = ['alertmanager'];

/** Problems because of which the pods could not mount the list of peers, and would never start. */
export function alertmanagerProblems(server: Server, clusters: readonly Cluster[]): FieldDiagnostic[] {
  const cluster = clusters.find(({ name }) => name === server.alertmanager);
  if (cluster === undefined) return [];
  const { name, form, namespace } = cluster;
  const own = server.namespace;
  const subject = `AlertmanagerCluster ${JSON.stringify(name)}`;
  const otherwise = 'remove this, and find the peers with dns_sd_configs';
  if (form === 'operator') {
    const message = `${subject} has form: operator, which has no list of peers to mount`;
    const hint = `${otherwise}, or set form: standalone there`;
    return [{ path: PATH, message, hint }];
  }
  if (namespace === own) return [];
  const message = `${subject} is in the namespace ${namespace}, and its list of peers cannot be mounted in ${own}`;
  const hint = `${otherwise}, or put both in the same namespace`;
  return [{ path: PATH, message, hint }];
}

/** Warning if the cluster is not in these values. */
export function alertmanagerNotes(server: Server, clusters: readonly Cluster[]): FieldDiagnostic[] {
  const { alertmanager, namespace } = server;
  const names = clusters.map(({ name }) => name);
  if (alertmanager === undefined || names.includes(alertmanager)) return [];
  const message = `no AlertmanagerCluster ${JSON.stringify(alertmanager)} is in these values`;
  const waiting = `the pods wait until the namespace ${namespace} has its ConfigMap ${peersConfigMap(alertmanager)}`;
  const near = nearestName(alertmanager, names);
  return [{ path: PATH, message: `${message}; ${waiting}`, ...(near !== undefined && { hint: near }) }];
}
