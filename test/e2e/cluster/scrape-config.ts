import {
  listAt,
  mapAt,
  namespaceOf,
  textAt,
  textsAt,
  type Manifest,
} from '../../../src/kubernetes/manifest.js';
import { byEndpoints, byPods, sanitized } from './service-discovery.js';

/**
 * The Prometheus configuration that the operator would write for the monitors among some manifests
 * (prometheus-operator, pkg/prometheus/promcfg.go), with what service discovery finds put in as static targets. Left out
 * is what Debian's Prometheus 2.42 does not know (keep_dropped_targets, scrape_protocols), and TLS and authorization,
 * which read Secrets.
 */
export function scrapeConfig(manifests: readonly Manifest[], podName: string): object {
  const jobs = manifests.flatMap((monitor) => {
    if (monitor['kind'] === 'ServiceMonitor') return serviceMonitorJobs(monitor, manifests, podName);
    return monitor['kind'] === 'PodMonitor' ? podMonitorJobs(monitor, manifests, podName) : [];
  });
  return { global: { scrape_interval: '1s', evaluation_interval: '1s' }, scrape_configs: jobs };
}

/** The rule file that the operator would write for the PrometheusRules among some manifests. */
export function ruleFile(manifests: readonly Manifest[]): object {
  const rules = manifests.filter(({ kind }) => kind === 'PrometheusRule');
  return { groups: rules.flatMap((rule) => listAt(rule, 'spec', 'groups')) };
}

function serviceMonitorJobs(monitor: Manifest, manifests: readonly Manifest[], podName: string): object[] {
  const spec = mapAt(monitor, 'spec');
  return listAt(spec, 'endpoints').map((endpoint, i) => {
    const port = textAt(endpoint, 'port');
    return {
      job_name: `serviceMonitor/${nameOf(monitor)}/${i}`,
      static_configs: byEndpoints(manifests, namespaceOf(monitor), podName),
      ...scrape(spec, endpoint),
      relabel_configs: [
        { source_labels: ['job'], target_label: '__tmp_prometheus_job_name' },
        ...selected(spec, '__meta_kubernetes_service_label'),
        ...(port === undefined ? [] : [keep('__meta_kubernetes_endpoint_port_name', port)]),
        copy('__meta_kubernetes_namespace', 'namespace'),
        copy('__meta_kubernetes_service_name', 'service'),
        copy('__meta_kubernetes_pod_name', 'pod'),
        copy('__meta_kubernetes_pod_container_name', 'container'),
        NO_ENDED_POD,
        ...copied(spec, 'targetLabels', '__meta_kubernetes_service_label'),
        ...copied(spec, 'podTargetLabels', '__meta_kubernetes_pod_label'),
        copy('__meta_kubernetes_service_name', 'job'),
        ...jobLabel(spec, '__meta_kubernetes_service_label'),
        ...(port === undefined ? [] : [fixed('endpoint', port)]),
        ...steps(endpoint, 'relabelings'),
      ],
    };
  });
}

function podMonitorJobs(monitor: Manifest, manifests: readonly Manifest[], podName: string): object[] {
  const spec = mapAt(monitor, 'spec');
  return listAt(spec, 'podMetricsEndpoints').map((endpoint, i) => {
    const port = textAt(endpoint, 'port');
    return {
      job_name: `podMonitor/${nameOf(monitor)}/${i}`,
      static_configs: byPods(manifests, namespaceOf(monitor), podName),
      ...scrape(spec, endpoint),
      relabel_configs: [
        { source_labels: ['job'], target_label: '__tmp_prometheus_job_name' },
        NO_ENDED_POD,
        ...selected(spec, '__meta_kubernetes_pod_label'),
        ...(port === undefined ? [] : [keep('__meta_kubernetes_pod_container_port_name', port)]),
        copy('__meta_kubernetes_namespace', 'namespace'),
        copy('__meta_kubernetes_pod_container_name', 'container'),
        copy('__meta_kubernetes_pod_name', 'pod'),
        ...copied(spec, 'podTargetLabels', '__meta_kubernetes_pod_label'),
        fixed('job', nameOf(monitor)),
        ...jobLabel(spec, '__meta_kubernetes_pod_label'),
        ...(port === undefined ? [] : [fixed('endpoint', port)]),
        ...steps(endpoint, 'relabelings'),
      ],
    };
  });
}

const NO_ENDED_POD = {
  action: 'drop',
  source_labels: ['__meta_kubernetes_pod_phase'],
  regex: '(Failed|Succeeded)',
};

/** What does not depend on how targets are found. */
function scrape(spec: Manifest, endpoint: Manifest): object {
  return {
    honor_timestamps: true,
    scrape_interval: endpoint['interval'],
    scrape_timeout: endpoint['scrapeTimeout'],
    metrics_path: textAt(endpoint, 'path') ?? '/metrics',
    scheme: endpoint['scheme'],
    sample_limit: spec['sampleLimit'],
    target_limit: spec['targetLimit'],
    metric_relabel_configs: steps(endpoint, 'metricRelabelings'),
  };
}

/** `ns/name` */
function nameOf(monitor: Manifest): string {
  return `${namespaceOf(monitor)}/${textAt(monitor, 'metadata', 'name')}`;
}

function selected(spec: Manifest, prefix: string): object[] {
  return Object.entries(textsAt(spec, 'selector', 'matchLabels'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => ({
      action: 'keep',
      source_labels: [`${prefix}_${sanitized(label)}`, `${prefix}present_${sanitized(label)}`],
      regex: `(${value});true`,
    }));
}

function copied(spec: Manifest, field: 'targetLabels' | 'podTargetLabels', prefix: string): object[] {
  return ((spec[field] ?? []) as string[]).map((label) =>
    copyIfThere(`${prefix}_${sanitized(label)}`, sanitized(label)),
  );
}

function jobLabel(spec: Manifest, prefix: string): object[] {
  const label = textAt(spec, 'jobLabel');
  return label === undefined ? [] : [copyIfThere(`${prefix}_${sanitized(label)}`, 'job')];
}

/** The operator's RelabelConfigs in Prometheus' own words. */
function steps(endpoint: Manifest, field: 'relabelings' | 'metricRelabelings'): object[] {
  return listAt(endpoint, field).map(({ sourceLabels, targetLabel, action, ...same }) => ({
    ...same,
    source_labels: sourceLabels,
    target_label: targetLabel,
    action: typeof action === 'string' ? action.toLowerCase() : undefined,
  }));
}

function keep(source: string, value: string): object {
  return { action: 'keep', source_labels: [source], regex: value };
}

function copy(source: string, target: string): object {
  return { source_labels: [source], target_label: target };
}

function copyIfThere(source: string, target: string): object {
  return { source_labels: [source], target_label: target, regex: '(.+)', replacement: '${1}' };
}

function fixed(target: string, value: string): object {
  return { target_label: target, replacement: value };
}
