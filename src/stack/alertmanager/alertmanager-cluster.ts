import { AlertmanagerConfigSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfigSpec';
import { Route } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/Route';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { provideOperatorModels } from '../../alertmanager/operator-models.js';
import { alertmanagerClusterProblems } from './alertmanager-cluster-problems.js';
import type { AlertmanagerClusterProps } from './alertmanager-cluster-props.js';
import { resolveAlertmanagerCluster, type AlertmanagerClusterSpec } from './alertmanager-cluster-spec.js';
import { dnsDiscovery, operatorAlerting, staticDiscovery, staticTargets } from './alertmanager-discovery.js';
import { peersConfigMap, type AlertmanagerPeers } from './alertmanager-peers.js';
import { InvalidPropsError } from '../../diagnostics/invalid-props.js';
import { AlertmanagerAvailability } from './alertmanager-availability.js';
import { AlertmanagerServices } from './alertmanager-services.js';
import { AlertmanagerStatefulSet } from './alertmanager-stateful-set.js';
import { ConfigMap } from '../../kubernetes/config-map.js';
import { OperatedAlertmanager } from './operated-alertmanager.js';
import { dumpYaml } from '../../yaml/dump-yaml.js';

/** Name of the file in the ConfigMap `<name>-peers` that lists every peer, for Prometheus' file_sd_configs. */
export const PEERS_FILE = 'alertmanagers.yaml';

/**
 * Alertmanagers that know each other, and what Prometheus needs to find every one of them.
 *
 * @throws InvalidPropsError naming each wrong field
 */
export class AlertmanagerCluster extends Construct {
  readonly peers: AlertmanagerPeers;

  private readonly spec: AlertmanagerClusterSpec;

  constructor(scope: Construct, id: string, props: AlertmanagerClusterProps) {
    super(scope, id);
    provideOperatorModels({ AlertmanagerConfigSpec, Route });
    const subject = `AlertmanagerCluster ${this.node.path}`;
    const problems = alertmanagerClusterProblems(props);
    if (problems.length > 0) throw new InvalidPropsError(subject, problems);

    this.spec = resolveAlertmanagerCluster({
      ...props,
      namespace: props.namespace ?? Chart.of(this).namespace,
    });
    this.peers = this.spec.peers;
    if (this.spec.form === 'operator') this.defineOperated(this.spec, subject);
    else this.defineStandalone(this.spec);
  }

  /** One entry of `alerting.alertmanagers` in prometheus.yml: by the DNS name that its peers alone share. */
  get dnsDiscovery() {
    return dnsDiscovery(this.peers);
  }

  /** One entry of `alerting.alertmanagers` in prometheus.yml: each peer by its own name. */
  get staticDiscovery() {
    return staticDiscovery(this.peers);
  }

  /** `spec.alerting` of an operator's Prometheus. */
  get operatorAlerting() {
    const { name, namespace } = this.spec;
    return operatorAlerting({ name, namespace });
  }

  private defineStandalone(spec: AlertmanagerClusterSpec): void {
    const { name, namespace, labels, config, peers } = spec;
    const ownConfig =
      config &&
      new ConfigMap(this, 'config', {
        name,
        namespace,
        labels,
        data: { 'alertmanager.yml': dumpYaml(config) },
      });
    new ConfigMap(this, 'peers', {
      name: peersConfigMap(name),
      namespace,
      labels,
      data: { [PEERS_FILE]: dumpYaml(staticTargets(peers)) },
    });
    new AlertmanagerStatefulSet(this, 'pods', { spec, ownConfig });
    new AlertmanagerServices(this, 'services', spec);
    new AlertmanagerAvailability(this, 'availability', spec);
  }

  private defineOperated(spec: AlertmanagerClusterSpec, subject: string): void {
    const { selector } = new OperatedAlertmanager(this, 'alertmanager', { spec, subject });
    new AlertmanagerServices(this, 'services', { ...spec, selector });
    new AlertmanagerAvailability(this, 'availability', { ...spec, selector });
  }
}
