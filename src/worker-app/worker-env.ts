import { CONFIG_ARGUMENT } from './gunicorn/gunicorn-files.js';
import { MULTIPROCESS_FOLDER } from './gunicorn/multiprocess-volume.js';
import type { ResolvedWorkerApp } from './keys/index.js';
import { SERVICE_WINDOWS_FILE } from './service-windows/windows-file.js';
import { hasStartPort } from './scraping/scraped-app.js';
import type { EnvValue } from './worker-app-props.js';

type OfApplication = Pick<ResolvedWorkerApp, 'serviceWindows' | 'env'>;

/** The environment of every process of the application, workers or not. */
export function applicationEnv({
  env,
  serviceWindows = [],
}: OfApplication): Readonly<Record<string, EnvValue>> {
  return { ...(serviceWindows.length > 0 && { COMPONENTS_FILE: SERVICE_WINDOWS_FILE }), ...env };
}

/** The numbers of the workers and of their metrics ports, for the workers alone. */
function computedEnv({
  workers,
  metrics,
}: Pick<ResolvedWorkerApp, 'workers' | 'metrics'>): Readonly<Record<string, string>> {
  return {
    ...(metrics !== false && hasStartPort({ metrics }) && { METRICS_START_PORT: String(metrics.startPort) }),
    WEB_CONCURRENCY: String(workers),
    ...(metrics !== false && metrics.exporter === 'gunicorn' && { METRICS_EXPORTER: 'gunicorn' }),
    ...(metrics !== false &&
      metrics.strategy === 'multiprocess' && { PROMETHEUS_MULTIPROC_DIR: MULTIPROCESS_FOLDER }),
  };
}

/**
 * The environment of the workers: the computed variables, then the user's. The user's arguments for gunicorn come after
 * that of our config, because gunicorn uses the last one.
 */
export function workerEnv(
  app: OfApplication & Pick<ResolvedWorkerApp, 'workers' | 'metrics' | 'gunicorn'>,
): Readonly<Record<string, EnvValue>> {
  const { gunicorn, env = {} } = app;
  return {
    ...computedEnv(app),
    ...applicationEnv(app),
    ...(gunicorn !== undefined && {
      GUNICORN_CMD_ARGS: `${CONFIG_ARGUMENT} ${String(env['GUNICORN_CMD_ARGS'] ?? '')}`.trim(),
    }),
  };
}
