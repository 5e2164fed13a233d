import {
  listAt,
  mapAt,
  namespaceOf,
  textAt,
  textsAt,
  type Manifest,
} from '../../../src/kubernetes/manifest.js';

// What Prometheus' discovery/kubernetes finds for some manifests, when one pod of each Deployment runs on this machine:
// every pod has the address 127.0.0.1.

/** A target, as `static_configs` take it. */
export interface DiscoveredTarget {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** The role endpoints: a target for each port of a Service that leads to one of a pod, and for each other port of it. */
export function byEndpoints(
  manifests: readonly Manifest[],
  namespace: string,
  podName: string,
): DiscoveredTarget[] {
  const services = manifests.filter(({ kind }) => kind === 'Service').filter(isIn(namespace));
  return services.flatMap((service) => {
    const selector = Object.entries(textsAt(service, 'spec', 'selector'));
    return containerPorts(manifests, namespace, podName)
      .filter(({ podLabels }) => selector.every(([label, value]) => podLabels[label] === value))
      .map(({ name, number, target }) => {
        const servicePort = listAt(service, 'spec', 'ports').find(
          ({ targetPort }) => targetPort === name || targetPort === number,
        );
        const labels = {
          ...objectLabels('service', textsAt(service, 'metadata', 'labels')),
          __meta_kubernetes_service_name: textAt(service, 'metadata', 'name') ?? '',
          ...(servicePort && { __meta_kubernetes_endpoint_port_name: String(servicePort['name']) }),
        };
        return { ...target, labels: { ...target.labels, ...labels } };
      });
  });
}

/** The role pod: a target for each port of each container. */
export function byPods(
  manifests: readonly Manifest[],
  namespace: string,
  podName: string,
): DiscoveredTarget[] {
  return containerPorts(manifests, namespace, podName).map(({ target }) => target);
}

interface ContainerPort {
  readonly name: string;
  readonly number: unknown;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly target: DiscoveredTarget;
}

function containerPorts(manifests: readonly Manifest[], namespace: string, podName: string): ContainerPort[] {
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment').filter(isIn(namespace));
  return deployments.flatMap((deployment) => {
    const template = mapAt(deployment, 'spec', 'template');
    const podLabels = textsAt(template, 'metadata', 'labels');
    return listAt(template, 'spec', 'containers').flatMap((container) =>
      listAt(container, 'ports').map((port) => ({
        name: String(port['name']),
        number: port['containerPort'],
        podLabels,
        target: {
          targets: [`127.0.0.1:${String(port['containerPort'])}`],
          labels: {
            ...objectLabels('pod', podLabels),
            __meta_kubernetes_namespace: namespace,
            __meta_kubernetes_pod_name: podName,
            __meta_kubernetes_pod_phase: 'Running',
            __meta_kubernetes_pod_container_name: String(container['name']),
            __meta_kubernetes_pod_container_port_name: String(port['name']),
            __meta_kubernetes_pod_container_port_number: String(port['containerPort']),
          },
        },
      })),
    );
  });
}

function isIn(namespace: string): (manifest: Manifest) => boolean {
  return (manifest) => namespaceOf(manifest) === namespace;
}

function objectLabels(
  object: 'service' | 'pod',
  labels: Readonly<Record<string, string>>,
): Record<string, string> {
  const found = Object.entries(labels).flatMap(([label, value]) => [
    [`__meta_kubernetes_${object}_label_${sanitized(label)}`, value],
    [`__meta_kubernetes_${object}_labelpresent_${sanitized(label)}`, 'true'],
  ]);
  return Object.fromEntries(found) as Record<string, string>;
}

/** The name of a label, as service discovery writes it. */
export function sanitized(label: string): string {
  return label.replaceAll(/[^a-zA-Z0-9_]/g, '_');
}
