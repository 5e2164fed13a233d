import { MULTIPROCESS_FOLDER } from './gunicorn/multiprocess-volume.js';
import { SERVICE_WINDOWS_FILE } from './service-windows/windows-file.js';
import type { WorkerAppSpec } from './worker-app-spec.js';
import type { EnvValue } from './worker-app-props.js';

/**
 * The environment of the application: the computed variables, then the user's.
 * @param configArgs gunicorn's arguments for our config. The user's arguments come after them, because gunicorn uses the last one
 */
export function workerEnv(spec: WorkerAppSpec, configArgs?: string): Readonly<Record<string, EnvValue>> {
  const { workers, ports, metrics, serviceWindows = [] } = spec;
  return {
    METRICS_START_PORT: String(ports.start),
    WEB_CONCURRENCY: String(workers),
    ...(metrics.exporter === 'gunicorn' && { METRICS_EXPORTER: 'gunicorn' }),
    ...(metrics.strategy === 'multiprocess' && { PROMETHEUS_MULTIPROC_DIR: MULTIPROCESS_FOLDER }),
    ...(serviceWindows.length > 0 && { COMPONENTS_FILE: SERVICE_WINDOWS_FILE }),
    ...spec.env,
    ...(configArgs !== undefined && {
      GUNICORN_CMD_ARGS: `${configArgs} ${String(spec.env?.['GUNICORN_CMD_ARGS'] ?? '')}`.trim(),
    }),
  };
}
