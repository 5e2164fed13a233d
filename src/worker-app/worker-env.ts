import { CONFIG_ARGUMENT } from './gunicorn/gunicorn-files.js';
import { MULTIPROCESS_FOLDER } from './gunicorn/multiprocess-volume.js';
import type { ResolvedWorkerApp } from './keys/index.js';
import { SERVICE_WINDOWS_FILE } from './service-windows/windows-file.js';
import type { EnvValue } from './worker-app-props.js';

type Read = Pick<ResolvedWorkerApp, 'workers' | 'metrics' | 'serviceWindows' | 'gunicorn' | 'env'>;

/**
 * The environment of the application: the computed variables, then the user's. The user's arguments for gunicorn come after
 * that of our config, because gunicorn uses the last one.
 */
export function workerEnv({
  workers,
  metrics,
  serviceWindows = [],
  gunicorn,
  env = {},
}: Read): Readonly<Record<string, EnvValue>> {
  return {
    METRICS_START_PORT: String(metrics.startPort),
    WEB_CONCURRENCY: String(workers),
    ...(metrics.exporter === 'gunicorn' && { METRICS_EXPORTER: 'gunicorn' }),
    ...(metrics.strategy === 'multiprocess' && { PROMETHEUS_MULTIPROC_DIR: MULTIPROCESS_FOLDER }),
    ...(serviceWindows.length > 0 && { COMPONENTS_FILE: SERVICE_WINDOWS_FILE }),
    ...env,
    ...(gunicorn !== undefined && {
      GUNICORN_CMD_ARGS: `${CONFIG_ARGUMENT} ${String(env['GUNICORN_CMD_ARGS'] ?? '')}`.trim(),
    }),
  };
}
