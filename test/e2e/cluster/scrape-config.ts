import {
  at,
  listAt,
  mapAt,
  namespaceOf,
  textAt,
  textsAt,
  type Manifest,
} from '../../../src/checks/manifest.js';

interface Target {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The Prometheus configuration that the operator would write for the ServiceMonitors among some manifests
 * (prometheus-operator, pkg/prometheus/promcfg.go), with the endpoints controller's and the service discovery's findings
 * put in as static targets: every pod has the address 127.0.0.1.
 */
export function scrapeConfig(manifests: readonly Manifest[], podName: string): object {
  const monitors = manifests.filter(({ kind }) => kind === 'ServiceMonitor');
  return {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    scrape_configs: monitors.flatMap((monitor) =>
      listAt(monitor, 'spec', 'endpoints').map((endpoint, i) =>
        job(monitor, endpoint, i, manifests, podName),
      ),
    ),
  };
}

/** The rule file that the operator would write for the PrometheusRules among some manifests. */
export function ruleFile(manifests: readonly Manifest[]): object {
  const rules = manifests.filter(({ kind }) => kind === 'PrometheusRule');
  return { groups: rules.flatMap((rule) => listAt(rule, 'spec', 'groups')) };
}

function job(
  monitor: Manifest,
  endpoint: Manifest,
  i: number,
  manifests: readonly Manifest[],
  podName: string,
): object {
  const port = textAt(endpoint, 'port');
  return {
    job_name: `serviceMonitor/${namespaceOf(monitor)}/${textAt(monitor, 'metadata', 'name')}/${i}`,
    honor_timestamps: true,
    scrape_interval: endpoint['interval'],
    ...(endpoint['scrapeTimeout'] !== undefined && { scrape_timeout: endpoint['scrapeTimeout'] }),
    metrics_path: textAt(endpoint, 'path') ?? '/metrics',
    static_configs: servicesIn(namespaceOf(monitor), manifests).flatMap((service) =>
      discovered(service, manifests, podName),
    ),
    relabel_configs: [
      ...Object.entries(textsAt(monitor, 'spec', 'selector', 'matchLabels')).map(([label, value]) => ({
        action: 'keep',
        source_labels: [
          `__meta_kubernetes_service_label_${sanitized(label)}`,
          `__meta_kubernetes_service_labelpresent_${sanitized(label)}`,
        ],
        regex: `(${value});true`,
      })),
      ...(port === undefined
        ? []
        : [{ action: 'keep', source_labels: ['__meta_kubernetes_endpoint_port_name'], regex: port }]),
      copy('__meta_kubernetes_namespace', 'namespace'),
      copy('__meta_kubernetes_service_name', 'service'),
      copy('__meta_kubernetes_pod_name', 'pod'),
      copy('__meta_kubernetes_pod_container_name', 'container'),
      copy('__meta_kubernetes_service_name', 'job'),
      ...(port === undefined ? [] : [{ target_label: 'endpoint', replacement: port }]),
    ],
  };
}

function servicesIn(namespace: string, manifests: readonly Manifest[]): Manifest[] {
  return manifests.filter(
    (manifest) => manifest['kind'] === 'Service' && namespaceOf(manifest) === namespace,
  );
}

/** A target for each port of the Service that leads to a port of the pod, and one for each other port of the pod. */
function discovered(service: Manifest, manifests: readonly Manifest[], podName: string): Target[] {
  const selector = Object.entries(textsAt(service, 'spec', 'selector'));
  return manifests
    .filter(({ kind }) => kind === 'Deployment')
    .filter((deployment) => {
      const labels = textsAt(deployment, 'spec', 'template', 'metadata', 'labels');
      return selector.every(([label, value]) => labels[label] === value);
    })
    .flatMap((deployment) => listAt(deployment, 'spec', 'template', 'spec', 'containers'))
    .flatMap((container) =>
      listAt(container, 'ports').map((port) => {
        const servicePort = listAt(service, 'spec', 'ports').find(
          ({ targetPort }) => targetPort === port['name'] || targetPort === port['containerPort'],
        );
        return {
          targets: [`127.0.0.1:${String(port['containerPort'])}`],
          labels: {
            ...serviceLabels(service),
            ...(servicePort && { __meta_kubernetes_endpoint_port_name: String(servicePort['name']) }),
            __meta_kubernetes_pod_name: podName,
            __meta_kubernetes_pod_container_name: String(container['name']),
            __meta_kubernetes_pod_container_port_name: String(port['name']),
            __meta_kubernetes_pod_container_port_number: String(port['containerPort']),
          },
        };
      }),
    );
}

function serviceLabels(service: Manifest): Record<string, string> {
  const labels = Object.entries(textsAt(service, 'metadata', 'labels')).flatMap(([label, value]) => [
    [`__meta_kubernetes_service_label_${sanitized(label)}`, value],
    [`__meta_kubernetes_service_labelpresent_${sanitized(label)}`, 'true'],
  ]);
  return {
    ...Object.fromEntries(labels),
    __meta_kubernetes_namespace: namespaceOf(service),
    __meta_kubernetes_service_name: String(at(mapAt(service, 'metadata'), 'name')),
  };
}

function copy(source: string, target: string): object {
  return { source_labels: [source], target_label: target };
}

function sanitized(label: string): string {
  return label.replaceAll(/[^a-zA-Z0-9_]/g, '_');
}
