import { graphiteSettings, type GraphiteSettings } from '../scraping/graphite.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';
import type { GunicornOptions } from '../worker-app-props.js';

/** What our gunicorn config reads from settings.json. A key that is not set stays as the image has it. */
export interface GunicornSettings extends GunicornOptions {
  /** The pod's port for HTTP. gunicorn binds it if the image binds none, and warns when it listens elsewhere. */
  readonly httpPort: number;
  readonly exporter: 'app' | 'gunicorn';
  readonly strategy?: 'multiprocess';
  readonly graphite?: GraphiteSettings;
}

export function gunicornSettings(
  { http, metrics, target }: Pick<WorkerAppSpec, 'http' | 'metrics' | 'target'>,
  options: NonNullable<WorkerAppSpec['gunicorn']>,
): GunicornSettings {
  const { exporter, strategy, graphite } = metrics;
  const { logs, ...others } = options;
  return {
    httpPort: http.port,
    exporter,
    ...(strategy === 'multiprocess' && { strategy }),
    ...(graphite !== undefined && { graphite: graphiteSettings(graphite, target) }),
    logs,
    ...others,
  };
}
