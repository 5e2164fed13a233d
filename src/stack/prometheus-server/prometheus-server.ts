import { k8s, Protocol, ServiceType } from 'cdk8s-plus-28';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { packageFile } from '../../package/package-file.js';
import { InvalidPropsError } from '../../diagnostics/invalid-props.js';
import { HOOK_FILE, HOOK_PARTS, OWN_RULES_FILE, PROMETHEUS_PORTS } from './prometheus-paths.js';
import { prometheusServerProblems } from './prometheus-server-problems.js';
import type { PrometheusServerProps } from './prometheus-server-props.js';
import { resolvePrometheusServer, type PrometheusServerSpec } from './prometheus-server-spec.js';
import { ConfigMap } from '../../kubernetes/config-map.js';
import { policyPeer, policyPort } from '../alertmanager/network-rules.js';
import { prometheusPod } from './prometheus-pod.js';
import { PrometheusRbac } from './prometheus-rbac.js';
import { DATA_VOLUME, hookConfigMap, ownConfigMap } from './prometheus-volumes.js';
import { statefulStorage } from '../../kubernetes/stateful-storage.js';

/** Annotations of the pods: they start anew when one of these ConfigMaps changes. */
const HASHES = { hook: 'cdk8s-worker-metrics/config-hook', own: 'cdk8s-worker-metrics/own-rules' };

/**
 * A Prometheus that follows a branch of a git repository: validate, then switch, then reload.
 *
 * @throws InvalidPropsError naming each wrong field
 */
export class PrometheusServer extends Construct {
  constructor(scope: Construct, id: string, props: PrometheusServerProps) {
    super(scope, id);
    const problems = prometheusServerProblems(props);
    if (problems.length > 0) throw new InvalidPropsError(`PrometheusServer ${this.node.path}`, problems);

    const spec = resolvePrometheusServer({
      ...props,
      namespace: props.namespace ?? Chart.of(this).namespace,
    });
    const { name, namespace, labels } = spec;
    new PrometheusRbac(this, 'rbac', spec);
    const file = (path: string) => packageFile(`src/stack/prometheus-server/${path}`);
    const hook = new ConfigMap(this, 'hook', {
      name: hookConfigMap(name),
      namespace,
      labels,
      data: Object.fromEntries([HOOK_FILE, ...HOOK_PARTS].map((name) => [name, file(name)])),
    });
    const own = new ConfigMap(this, 'own', {
      name: ownConfigMap(name),
      namespace,
      labels,
      data: { [OWN_RULES_FILE]: file(OWN_RULES_FILE) },
    });
    this.definePods(spec, { [HASHES.hook]: hook.hash, [HASHES.own]: own.hash });
    this.defineServices(spec);
    this.defineAvailability(spec);
  }

  private definePods(spec: PrometheusServerSpec, annotations: Record<string, string>): void {
    const { name, namespace, labels, selector, replicas } = spec;
    const storage = statefulStorage(DATA_VOLUME, selector, spec.storage);
    const pod = prometheusPod(spec);
    new k8s.KubeStatefulSet(this, 'pods', {
      metadata: { name, namespace, labels },
      spec: {
        replicas,
        serviceName: podsService(name),
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'RollingUpdate' },
        revisionHistoryLimit: 10,
        selector: { matchLabels: selector },
        template: {
          metadata: { labels, annotations },
          spec: { ...pod, volumes: [...storage.volumes, ...(pod.volumes ?? [])] },
        },
        volumeClaimTemplates: storage.volumeClaimTemplates,
      },
    });
  }

  /** The headless Service names each server, and leads a scrape to the git-sync of each; the other is for people. */
  private defineServices({ name, namespace, labels, selector }: PrometheusServerSpec): void {
    const web = servicePort('web', PROMETHEUS_PORTS.web);
    new k8s.KubeService(this, 'pods-service', {
      metadata: { name: podsService(name), namespace, labels },
      spec: {
        type: ServiceType.CLUSTER_IP,
        clusterIp: 'None',
        publishNotReadyAddresses: true,
        selector,
        ports: [web, servicePort('git-sync', PROMETHEUS_PORTS.gitSync)],
      },
    });
    new k8s.KubeService(this, 'service', {
      metadata: { name, namespace, labels },
      spec: { type: ServiceType.CLUSTER_IP, selector, ports: [web] },
    });
  }

  private defineAvailability({
    name,
    namespace,
    labels,
    selector,
    replicas,
    clients,
  }: PrometheusServerSpec): void {
    const metadata = { name, namespace, labels };
    const pods = { matchLabels: selector };
    if (replicas > 1) {
      const minAvailable = k8s.IntOrString.fromNumber(replicas - 1);
      new k8s.KubePodDisruptionBudget(this, 'budget', { metadata, spec: { minAvailable, selector: pods } });
    }
    // Who reaches the web port could also make Prometheus reload or stop, as the hook does.
    const ports = [policyPort(PROMETHEUS_PORTS.web), policyPort(PROMETHEUS_PORTS.gitSync)];
    // The servers scrape each other, whatever else may reach them.
    const from = [{ podSelector: pods }, ...clients.map(policyPeer)];
    new k8s.KubeNetworkPolicy(this, 'network', {
      metadata,
      spec: { podSelector: pods, policyTypes: ['Ingress'], ingress: [{ from, ports }] },
    });
  }
}

function podsService(name: string): string {
  return `${name}-pods`;
}

function servicePort(name: string, port: number): k8s.ServicePort {
  return { name, port, protocol: Protocol.TCP, targetPort: k8s.IntOrString.fromString(name) };
}
