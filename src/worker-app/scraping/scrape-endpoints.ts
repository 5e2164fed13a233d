import type { IEndpoint } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Endpoint';
import type { IRelabelConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RelabelConfig';
import type { ConfigMapKey, SecretKey } from '../../kubernetes/references.js';
import type { MetricsPort } from '../ports/metrics-ports.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import { fixedLabel, type Relabeling } from '../../prometheus/relabel-config.js';
import type { ScrapeEndpointsProps } from './scrape-endpoints-props.js';
import type { ScrapeTls } from '../worker-app-props.js';

/** The fields that endpoints of a ServiceMonitor and of a PodMonitor have in common. */
export type ScrapeEndpoint = Pick<
  IEndpoint,
  | 'port'
  | 'targetPort'
  | 'interval'
  | 'scrapeTimeout'
  | 'path'
  | 'scheme'
  | 'tlsConfig'
  | 'authorization'
  | 'relabelings'
  | 'metricRelabelings'
>;

/**
 * Returns the endpoints of a monitor: one for each port, or one for all ports.
 * @throws RangeError if a duration is invalid
 */
export function scrapeEndpoints(props: ScrapeEndpointsProps): ScrapeEndpoint[] {
  const { ports, endpoints = 'per-port', byTargetPort = false, options = {} } = props;
  const { workerLabel = false, labels = {}, relabelings = [], metricRelabelings } = options;
  const fixed = Object.entries(labels).map(([name, value]) => fixedLabel(name, value));
  const endpoint = (port: string | undefined, ours: readonly Relabeling[]): ScrapeEndpoint => ({
    port: byTargetPort ? undefined : port,
    targetPort: byTargetPort ? port : undefined,
    interval: duration('interval', props.interval),
    scrapeTimeout:
      props.scrapeTimeout === undefined ? undefined : duration('scrapeTimeout', props.scrapeTimeout),
    path: options.path,
    scheme: options.scheme,
    tlsConfig: options.tls && tlsConfig(options.tls),
    authorization: options.authorization && {
      type: options.authorization.type,
      credentials: keyOf(options.authorization.credentials),
    },
    relabelings: steps([...ours, ...fixed, ...relabelings]),
    metricRelabelings: metricRelabelings && steps(metricRelabelings),
  });
  return endpoints === 'single'
    ? [endpoint(undefined, everyMetricsPort(props, workerLabel))]
    : ports.map((port) => endpoint(port.name, workerLabel ? workerOf(port) : []));
}

const CONTAINER_NAME = '__meta_kubernetes_pod_container_name';
const PORT_NAME = '__meta_kubernetes_pod_container_port_name';

/** Relabeling that keeps only the metrics ports, with the labels that one endpoint for each port would give them. */
function everyMetricsPort({ ports, container }: ScrapeEndpointsProps, workerLabel: boolean): Relabeling[] {
  const worker: Relabeling = { sourceLabels: [PORT_NAME], regex: 'metrics-([0-9]+)', targetLabel: 'worker' };
  return [
    ...(container === undefined ? [] : [keep(CONTAINER_NAME, container)]),
    keep(PORT_NAME, ports.names),
    { sourceLabels: [PORT_NAME], targetLabel: 'endpoint' },
    ...(workerLabel ? [worker] : []),
  ];
}

function keep(label: string, regex: string): Relabeling {
  return { action: 'keep', sourceLabels: [label], regex };
}

function workerOf({ worker }: MetricsPort): Relabeling[] {
  return worker === undefined ? [] : [fixedLabel('worker', String(worker))];
}

/** Omits an empty list: the operator does not accept one. */
function steps(relabelings: readonly Relabeling[]): IRelabelConfig[] | undefined {
  if (relabelings.length === 0) return undefined;
  return relabelings.map(({ sourceLabels, ...step }) => ({
    ...step,
    sourceLabels: sourceLabels && [...sourceLabels],
  }));
}

function tlsConfig({ ca, cert, key, serverName, insecureSkipVerify }: ScrapeTls): IEndpoint['tlsConfig'] {
  return {
    ca: ca && source(ca),
    cert: cert && source(cert),
    keySecret: key && keyOf(key),
    serverName,
    insecureSkipVerify,
  };
}

function source(from: SecretKey | ConfigMapKey) {
  return 'secret' in from ? { secret: keyOf(from) } : { configMap: { name: from.configMap, key: from.key } };
}

function keyOf({ secret, key }: SecretKey) {
  return { name: secret, key };
}

function duration(prop: string, text: string): string {
  try {
    return String(PrometheusDuration.parse(text));
  } catch (cause) {
    throw new RangeError(`${prop}: ${(cause as Error).message}`, { cause });
  }
}
