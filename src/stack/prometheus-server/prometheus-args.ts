import { PATHS, PROMETHEUS_PORTS } from './prometheus-paths.js';
import type { PrometheusServerSpec } from './prometheus-server-spec.js';

/** The command line of Prometheus. */
export function prometheusArgs({ git, retention }: PrometheusServerSpec): string[] {
  return [
    `--config.file=${PATHS.current}/${git.file}`,
    `--storage.tsdb.path=${PATHS.data}`,
    `--storage.tsdb.retention.time=${retention.time}`,
    ...(retention.size === undefined ? [] : [`--storage.tsdb.retention.size=${retention.size}`]),
    `--web.listen-address=:${PROMETHEUS_PORTS.web}`,
    '--web.enable-lifecycle',
  ];
}

/** The environment variables that the configuration reads for `external_labels`. */
export function externalLabelsEnv({ externalLabels }: PrometheusServerSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(externalLabels).map(([label, value]) => [`EXTERNAL_LABEL_${label.toUpperCase()}`, value]),
  );
}
