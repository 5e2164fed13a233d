import { appLabels, type AppLabels } from '../../kubernetes/app-labels.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import { Specs } from '../../schema/specs.js';
import type { ResolvedAlertmanagerCluster } from './alertmanager-cluster-keys.js';
import { AlertmanagerPeers, OPERATED_SERVICE, peersService } from './alertmanager-peers.js';
import type { CheckedAlertmanagerCluster } from './checked-alertmanager-cluster.js';

/** An AlertmanagerCluster with every default and every computed value. The constructs are built from it. */
export interface AlertmanagerClusterSpec
  extends AppLabels, CheckedAlertmanagerCluster, Omit<ResolvedAlertmanagerCluster, 'peers'> {
  /** In Go's notation: the operator and Alertmanager accept fewer units than Prometheus. */
  readonly retention: string;
}

/** All specs that this function has created. */
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
