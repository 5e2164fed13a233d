import { PROMETHEUS_PODS } from '../../kubernetes/prometheus-pods.js';
import { Quantity } from '../../kubernetes/quantity.js';

/** What an AlertmanagerCluster is where its props are silent. The only place where these are written. */
export const DEFAULTS = {
  namespace: 'default',
  form: 'standalone',
  image: 'quay.io/prometheus/alertmanager:v0.34.2',
  reloaderImage: 'quay.io/prometheus-operator/prometheus-config-reloader:v0.93.0',
  retention: '120h',
  spread: 'preferred',
  clients: PROMETHEUS_PODS,
} as const;

/** Keeps clusters apart that come to reuse an IP. */
export function defaultLabel(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** An Alertmanager holds its alerts, silences and notification log in memory: little, but never killed for it. */
export const DEFAULT_REQUESTS = { cpu: Quantity.millicpu(50), memory: Quantity.mebibytes(64) };

export function defaultLimits({ memory = DEFAULT_REQUESTS.memory }: Readonly<Record<string, Quantity>>) {
  return { memory: memory.times(4) };
}
