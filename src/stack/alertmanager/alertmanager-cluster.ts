import { AlertmanagerConfigSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfigSpec';
import { Route } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/Route';
import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { provideOperatorModels } from '../../alertmanager/operator-models.js';
import type { AlertmanagerClusterProps } from './alertmanager-cluster-props.js';
import {
  ALERTMANAGER_CLUSTER_SPECS,
  alertmanagerClusterSpec,
  type AlertmanagerClusterSpec,
} from './alertmanager-cluster-spec.js';
import { checkAlertmanagerCluster } from './check-alertmanager-cluster.js';
import type { CheckedAlertmanagerCluster } from './checked-alertmanager-cluster.js';
import { addUserObjects, type UserObjects } from '../../user-objects/user-objects.js';
import { inChart } from '../../kubernetes/in-chart.js';
import { dnsDiscovery, operatorAlerting, staticDiscovery, staticTargets } from './alertmanager-discovery.js';
import { peersConfigMap, type AlertmanagerPeers } from './alertmanager-peers.js';
import { InvalidPropsError } from '../../diagnostics/invalid-props.js';
import { AlertmanagerAvailability } from './alertmanager-availability.js';
import { AlertmanagerServices } from './alertmanager-services.js';
import { alertmanagerStatefulSet } from './alertmanager-stateful-set.js';
import { ConfigMap } from '../../kubernetes/config-map.js';
import { OperatedAlertmanager } from './operated-alertmanager.js';
import { dumpYaml } from '../../yaml/dump-yaml.js';

/** Name of the file in the ConfigMap `<name>-peers`. It lists all peers, for Prometheus' `file_sd_configs`. */
export const PEERS_FILE = 'alertmanagers.yaml';

/**
 * A cluster of Alertmanagers, with the entries by which Prometheus finds each of them.
 *
 * @throws InvalidPropsError with all invalid keys
 */
export class AlertmanagerCluster extends Construct {
  /** The peers, with their names and addresses. */
  readonly peers: AlertmanagerPeers;

  /** The StatefulSet, with `form: standalone`. */
  readonly statefulSet?: ApiObject;
  /** The ConfigMap of the configuration, with `config`. */
  readonly config?: ApiObject;
  /** The ConfigMap that lists the peers for Prometheus, with `form: standalone`. */
  readonly peersConfig?: ApiObject;
  /** The operator's Alertmanager, with `form: operator`. */
  readonly alertmanager?: ApiObject;
  /** The operator's AlertmanagerConfig, with `alertmanagerConfig`. */
  readonly alertmanagerConfig?: ApiObject;
  /** The Service for users and Grafana. It sends each request to one of the peers. */
  readonly service: ApiObject;
  /** The headless Service that gives the peers their DNS names. */
  readonly peersService: ApiObject;
  /** Undefined for a single peer. */
  readonly podDisruptionBudget?: ApiObject;
  /** The NetworkPolicy: who may connect to the peers. */
  readonly networkPolicy: ApiObject;

  private readonly spec: AlertmanagerClusterSpec;

  /** The objects of `objects`, and the diagnostics about `objects` and `patches`, with one of these keys. */
  readonly userObjects?: UserObjects;

  /** @param props the props, or a spec of checked props (from a values file) */
  constructor(scope: Construct, id: string, props: AlertmanagerClusterProps | CheckedAlertmanagerCluster) {
    super(scope, id);
    provideOperatorModels({ AlertmanagerConfigSpec, Route });
    this.spec = this.specOf(props);
    this.peers = this.spec.peers;
    let selector = this.spec.selector;
    if (this.spec.form === 'operator') {
      const operated = this.operated(this.spec);
      this.alertmanager = operated.alertmanager;
      this.alertmanagerConfig = operated.config;
      selector = operated.selector;
    } else {
      const ownConfig = this.configMap(this.spec);
      this.config = ownConfig?.object;
      this.peersConfig = this.listOfPeers(this.spec).object;
      this.statefulSet = alertmanagerStatefulSet(this, 'pods', { spec: this.spec, ownConfig });
    }
    const pods = { ...this.spec, selector };
    const services = new AlertmanagerServices(this, 'services', pods);
    this.service = services.client;
    this.peersService = services.peers;
    const availability = new AlertmanagerAvailability(this, 'availability', pods);
    this.podDisruptionBudget = availability.podDisruptionBudget;
    this.networkPolicy = availability.networkPolicy;
    this.userObjects = addUserObjects(this, this.spec, props === this.spec ? undefined : this.subject);
  }

  private specOf(props: AlertmanagerClusterProps | CheckedAlertmanagerCluster): AlertmanagerClusterSpec {
    if (ALERTMANAGER_CLUSTER_SPECS.has(props)) return props;
    const { app, problems } = checkAlertmanagerCluster(inChart(this, props));
    if (problems !== undefined) throw new InvalidPropsError(this.subject, problems);
    return alertmanagerClusterSpec(app);
  }

  private get subject(): string {
    return `AlertmanagerCluster ${this.node.path}`;
  }

  /** One entry of `alerting.alertmanagers` in prometheus.yml, with the common DNS name of the peers. */
  get dnsDiscovery() {
    return dnsDiscovery(this.peers);
  }

  /** One entry of `alerting.alertmanagers` in prometheus.yml, with the name of each peer. */
  get staticDiscovery() {
    return staticDiscovery(this.peers);
  }

  /** `spec.alerting` of an operator's Prometheus. */
  get operatorAlerting() {
    const { name, namespace } = this.spec;
    return operatorAlerting({ name, namespace });
  }

  private configMap({ name, namespace, labels, config }: AlertmanagerClusterSpec): ConfigMap | undefined {
    if (config === undefined) return undefined;
    const data = { 'alertmanager.yml': dumpYaml(config) };
    return new ConfigMap(this, 'config', { name, namespace, labels, data });
  }

  private listOfPeers({ name, namespace, labels, peers }: AlertmanagerClusterSpec): ConfigMap {
    const data = { [PEERS_FILE]: dumpYaml(staticTargets(peers)) };
    return new ConfigMap(this, 'peers', { name: peersConfigMap(name), namespace, labels, data });
  }

  private operated(spec: AlertmanagerClusterSpec): OperatedAlertmanager {
    return new OperatedAlertmanager(this, 'alertmanager', { spec, subject: this.subject });
  }
}
