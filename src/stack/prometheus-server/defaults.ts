import { PROMETHEUS_PODS } from '../../kubernetes/prometheus-pods.js';
import { Quantity } from '../../kubernetes/quantity.js';

/** What a PrometheusServer is where its props are silent. The only place where these are written. */
export const DEFAULTS = {
  namespace: 'default',
  image: 'quay.io/prometheus/prometheus:v3.14.0',
  replicas: 1,
  retention: { time: '15d' },
  spread: 'preferred',
  git: {
    file: 'prometheus.yml',
    period: '30s',
    image: 'registry.k8s.io/git-sync/git-sync:v4.7.0',
  },
  decrypt: { image: 'ghcr.io/getsops/sops:v3.13.3-alpine' },
  clients: [...PROMETHEUS_PODS, { labels: { 'app.kubernetes.io/name': 'grafana' } }],
} as const;

/** About 300,000 series. */
export const DEFAULT_REQUESTS = { cpu: Quantity.millicpu(200), memory: Quantity.mebibytes(1024) };

/** Queries and the replay of the write-ahead log take more than scraping does. */
export function defaultLimits({ memory = DEFAULT_REQUESTS.memory }: Readonly<Record<string, Quantity>>) {
  return { memory: memory.times(2) };
}

/** git-sync needs little; promtool has all rules and files of a configuration in memory. */
export const GIT_REQUESTS = { cpu: Quantity.millicpu(20), memory: Quantity.mebibytes(64) };
export const GIT_LIMITS = { memory: Quantity.mebibytes(512) };
