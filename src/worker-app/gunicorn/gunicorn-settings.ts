import { graphiteSettings, type GraphiteSettings } from '../scraping/graphite.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';
import type { Metrics } from '../scraping/scraped-app.js';

/** The content of settings.json, which our gunicorn.conf.py reads. */
export interface GunicornSettings {
  /** The HTTP port of the pod. gunicorn binds it if the image sets no bind, and logs a warning if it listens elsewhere. */
  readonly httpPort: number;
  /** Python modules with a class `Feature`. Their hooks start in this order and end in reverse order. */
  readonly features: readonly string[];
  readonly graphite?: GraphiteSettings;
  /** Settings, by gunicorn's names. For a missing setting, the image's value is used. */
  readonly gunicorn: Readonly<Record<string, number | string | undefined>>;
}

export function gunicornSettings(
  { http, metrics, target }: Pick<WorkerAppSpec, 'http' | 'metrics' | 'target'>,
  { logs, ...options }: NonNullable<WorkerAppSpec['gunicorn']>,
): GunicornSettings {
  const { graphite } = metrics || {};
  return {
    httpPort: http.port,
    features: featuresOf(metrics, logs),
    ...(graphite !== undefined && target !== undefined && { graphite: graphiteSettings(graphite, target) }),
    gunicorn: Object.fromEntries(Object.entries(options).map(([key, value]) => [snakeCase(key), value])),
  };
}

/** The Python modules that each key needs. `gunicornFiles` adds the modules that they import. */
function featuresOf(metrics: WorkerAppSpec['metrics'], logs: string): string[] {
  return [
    'in_force',
    ...(metrics === false ? [] : featuresOfMetrics(metrics)),
    ...(logs === 'json' ? ['json_settings'] : []),
  ].map((feature) => `worker_metrics_${feature}`);
}

function featuresOfMetrics({ exporter, strategy, graphite }: Metrics): string[] {
  if (strategy === 'aggregated') return [];
  const serving =
    exporter === 'app' ? 'worker_ports' : strategy === 'multiprocess' ? 'multiprocess' : 'exporter';
  return [serving, ...(graphite === undefined ? [] : ['graphite'])];
}

/** `maxRequests` → `max_requests`. */
function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
