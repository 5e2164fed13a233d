import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { packageFile } from '../../package/package-file.js';
import { InvalidPropsError } from '../../diagnostics/invalid-props.js';
import { HOOK_FILE, HOOK_PARTS, OWN_RULES_FILE, PROMETHEUS_PORTS } from './prometheus-paths.js';
import type { PrometheusServerProps } from './prometheus-server-props.js';
import {
  PROMETHEUS_SERVER_SPECS,
  prometheusServerSpec,
  type PrometheusServerSpec,
} from './prometheus-server-spec.js';
import { checkPrometheusServer } from './check-prometheus-server.js';
import type { CheckedPrometheusServer } from './checked-prometheus-server.js';
import { addUserObjects, type UserObjects } from '../../user-objects/user-objects.js';
import { inChart } from '../../kubernetes/in-chart.js';
import { ConfigMap } from '../../kubernetes/config-map.js';
import { allButOne, onlyFrom, policyPeer, policyPort } from '../availability.js';
import { prometheusStatefulSet } from './prometheus-stateful-set.js';
import { PrometheusRbac } from './prometheus-rbac.js';
import { hookConfigMap, ownConfigMap } from './prometheus-volumes.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

/** Annotations of the pods, which restart when one of these ConfigMaps changes. */
const HASHES = { hook: 'cdk8s-worker-metrics/config-hook', own: 'cdk8s-worker-metrics/own-rules' };

/**
 * A Prometheus that reads its configuration from a branch of a git repository. Each commit is validated before Prometheus
 * reloads.
 *
 * @throws InvalidPropsError with all invalid keys
 */
export class PrometheusServer extends Construct {
  /** The StatefulSet of the server's pods. */
  readonly statefulSet: ApiObject;
  /** The Service for users and Grafana. */
  readonly service: ApiObject;
  /** The headless Service that gives each pod its DNS name. */
  readonly podsService: ApiObject;
  /** Undefined for a single pod. */
  readonly podDisruptionBudget?: ApiObject;
  /** The NetworkPolicy: who may connect to the server. */
  readonly networkPolicy: ApiObject;
  /** The ServiceAccount of the pods, which reads endpoints and pods for discovery. */
  readonly serviceAccount: ApiObject;
  /** A Role in each namespace of `discovery`, or the ClusterRole. */
  readonly roles: readonly ApiObject[];
  /** The RoleBinding of each Role, or the ClusterRoleBinding. */
  readonly roleBindings: readonly ApiObject[];
  /** The ConfigMap of the hook that validates and switches configurations. */
  readonly hook: ApiObject;
  /** The ConfigMap of the rules that monitor the server itself. */
  readonly ownRules: ApiObject;

  /** The objects of `objects`, and the diagnostics about `objects` and `patches`, with one of these keys. */
  readonly userObjects?: UserObjects;

  /** @param props the props, or a spec of checked props (from a values file) */
  constructor(scope: Construct, id: string, props: PrometheusServerProps | CheckedPrometheusServer) {
    super(scope, id);
    const spec = this.specOf(props);
    const { serviceAccount, roles, roleBindings } = new PrometheusRbac(this, 'rbac', spec);
    this.serviceAccount = serviceAccount;
    this.roles = roles;
    this.roleBindings = roleBindings;
    const hook = this.filesOf('hook', spec, hookConfigMap(spec.name), [HOOK_FILE, ...HOOK_PARTS]);
    const own = this.filesOf('own', spec, ownConfigMap(spec.name), [OWN_RULES_FILE]);
    this.hook = hook.object;
    this.ownRules = own.object;
    const podsService = `${spec.name}-pods`;
    const annotations = { [HASHES.hook]: hook.hash, [HASHES.own]: own.hash };
    this.statefulSet = prometheusStatefulSet(this, 'pods', { spec, podsService, annotations });
    this.podsService = this.addPodsService(spec, podsService);
    this.service = this.addService(spec);
    this.podDisruptionBudget = allButOne(this, 'budget', spec, spec.replicas);
    this.networkPolicy = this.addNetworkPolicy(spec);
    this.userObjects = addUserObjects(
      this,
      spec,
      props === spec ? undefined : `PrometheusServer ${this.node.path}`,
    );
  }

  private specOf(props: PrometheusServerProps | CheckedPrometheusServer): PrometheusServerSpec {
    if (PROMETHEUS_SERVER_SPECS.has(props)) return props;
    const { app, problems } = checkPrometheusServer(inChart(this, props));
    if (problems !== undefined) throw new InvalidPropsError(`PrometheusServer ${this.node.path}`, problems);
    return prometheusServerSpec(app);
  }

  /** A ConfigMap of files of this package. */
  private filesOf(
    id: string,
    { namespace, labels }: PrometheusServerSpec,
    name: string,
    files: readonly string[],
  ): ConfigMap {
    const text = (file: string) => packageFile(`src/stack/prometheus-server/${file}`);
    const data = Object.fromEntries(files.map((file) => [file, text(file)]));
    return new ConfigMap(this, id, { name, namespace, labels, data });
  }

  /** The Service through which Prometheus scrapes the git-sync of each pod. */
  private addPodsService({ namespace, labels, selector }: PrometheusServerSpec, name: string): ApiObject {
    return new PlainObject(this, 'pods-service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, labels: { ...labels } },
      spec: {
        type: 'ClusterIP',
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector,
        ports: [servicePort('web', PROMETHEUS_PORTS.web), servicePort('git-sync', PROMETHEUS_PORTS.gitSync)],
      },
    });
  }

  private addService({ name, namespace, labels, selector }: PrometheusServerSpec): ApiObject {
    return new PlainObject(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, labels: { ...labels } },
      spec: { type: 'ClusterIP', selector, ports: [servicePort('web', PROMETHEUS_PORTS.web)] },
    });
  }

  private addNetworkPolicy(spec: PrometheusServerSpec): ApiObject {
    // Clients of the web port can also make Prometheus reload or stop, as the hook does.
    const ports = [policyPort(PROMETHEUS_PORTS.web), policyPort(PROMETHEUS_PORTS.gitSync)];
    // The servers scrape each other, also if `clients` does not select them.
    const from = [{ podSelector: { matchLabels: spec.selector } }, ...spec.clients.map(policyPeer)];
    return onlyFrom(this, 'network', spec, [{ from, ports }]);
  }
}

function servicePort(name: string, port: number) {
  return { name, port, protocol: 'TCP', targetPort: name };
}
