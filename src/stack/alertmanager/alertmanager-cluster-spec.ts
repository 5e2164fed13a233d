import { appLabels, type AppLabels } from '../../kubernetes/app-labels.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import { Specs } from '../../schema/specs.js';
import type { ResolvedAlertmanagerCluster } from './alertmanager-cluster-keys.js';
import { AlertmanagerPeers, OPERATED_SERVICE, peersService } from './alertmanager-peers.js';
import type { CheckedAlertmanagerCluster } from './checked-alertmanager-cluster.js';

/** An AlertmanagerCluster with every default filled in and every fact derived. The constructs are built from it. */
export interface AlertmanagerClusterSpec
  extends AppLabels, CheckedAlertmanagerCluster, Omit<ResolvedAlertmanagerCluster, 'peers'> {
  /** As Go writes it: the operator and Alertmanager know fewer units than Prometheus. */
  readonly retention: string;
}

/** The specs that were made here. */
export const ALERTMANAGER_CLUSTER_SPECS = new Specs<AlertmanagerClusterSpec>();

/** @param app checked values (see `checkAlertmanagerCluster`) */
export function alertmanagerClusterSpec(app: ResolvedAlertmanagerCluster): AlertmanagerClusterSpec {
  const { name, namespace, form } = app;
  const place = { service: peersService(name), namespace };
  const pods =
    form === 'operator'
      ? { statefulSet: `alertmanager-${name}`, governingService: OPERATED_SERVICE }
      : { statefulSet: name };
  return ALERTMANAGER_CLUSTER_SPECS.add({
    ...app,
    ...appLabels(app),
    peers: AlertmanagerPeers.numbered(app.peers, { ...place, ...pods }),
    retention: PrometheusDuration.parse(app.retention).toGo(),
  });
}
