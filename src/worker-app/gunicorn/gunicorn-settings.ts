import { graphiteSettings, type GraphiteSettings } from '../scraping/graphite.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';

/** settings.json, which our gunicorn.conf.py reads. */
export interface GunicornSettings {
  /** The pod's port for HTTP. gunicorn binds it if the image binds none, and warns when it listens elsewhere. */
  readonly httpPort: number;
  /** Python modules, each with a class Feature, in the order in which their hooks begin; they end in reverse. */
  readonly features: readonly string[];
  readonly graphite?: GraphiteSettings;
  /** Settings by gunicorn's own names. A setting that is missing stays as the image has it. */
  readonly gunicorn: Readonly<Record<string, number | string | undefined>>;
}

type Features = Pick<WorkerAppSpec['metrics'], 'exporter' | 'strategy' | 'graphite'> & {
  readonly logs: string;
};

export function gunicornSettings(
  { http, metrics, target }: Pick<WorkerAppSpec, 'http' | 'metrics' | 'target'>,
  { logs, ...options }: NonNullable<WorkerAppSpec['gunicorn']>,
): GunicornSettings {
  const { graphite } = metrics;
  return {
    httpPort: http.port,
    features: featuresOf({ ...metrics, logs }),
    ...(graphite !== undefined && { graphite: graphiteSettings(graphite, target) }),
    gunicorn: Object.fromEntries(Object.entries(options).map(([key, value]) => [snakeCase(key), value])),
  };
}

/** The only place that knows which module a key needs. Its imports follow (`gunicornFiles`). */
function featuresOf({ exporter, strategy, graphite, logs }: Features): string[] {
  const serving =
    exporter === 'app' ? 'worker_ports' : strategy === 'multiprocess' ? 'multiprocess' : 'exporter';
  return [
    'in_force',
    serving,
    ...(graphite === undefined ? [] : ['graphite']),
    ...(logs === 'json' ? ['json_settings'] : []),
  ].map((feature) => `worker_metrics_${feature}`);
}

/** `maxRequests` → `max_requests`. */
function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
