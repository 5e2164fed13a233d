import { DEFAULTS } from './defaults.js';
import type { GraphiteSettings } from '../scraping/graphite.js';
import type { Scraping } from '../scraping/scraping.js';
import type { Strategy } from '../scraping/scraping-props.js';
import type { GunicornOptions } from './worker-app-props.js';

/** What our gunicorn configuration reads beside itself, in settings.json. */
export interface GunicornSettings extends GunicornOptions {
  /** The pod's port for HTTP: gunicorn binds it where the image says nothing, and warns when it listens elsewhere. */
  readonly httpPort: number;
  readonly exporter: 'app' | 'gunicorn';
  readonly strategy?: Strategy;
  readonly graphite?: GraphiteSettings;
  readonly logs: 'json' | 'text';
}

/** gunicorn run with our configuration. */
export interface GunicornSpec {
  readonly settings: GunicornSettings;
  /** Seconds without a sign of life after which gunicorn replaces a worker. */
  readonly timeout: number;
  /** Seconds that workers have to finish their requests. */
  readonly gracefulTimeout: number;
}

/** Whether our configuration is mounted; otherwise gunicorn runs as the image starts it. */
export function isGunicornConfigured(
  exporter: Scraping['exporter'],
  gunicorn: GunicornOptions | undefined,
): boolean {
  return exporter === 'gunicorn' || gunicorn !== undefined;
}

/** Undefined where gunicorn runs as the image starts it. */
export function resolveGunicorn(
  { exporter, strategy }: Pick<Scraping, 'exporter' | 'strategy'>,
  httpPort: number,
  gunicorn: GunicornOptions | undefined,
  graphite?: GraphiteSettings,
): GunicornSpec | undefined {
  if (!isGunicornConfigured(exporter, gunicorn)) return undefined;
  const { logs = DEFAULTS.gunicorn.logs, ...settings } = gunicorn ?? {};
  const { maxRequests } = settings;
  return {
    settings: {
      httpPort,
      exporter,
      ...(strategy === 'multiprocess' && { strategy }),
      ...(graphite !== undefined && { graphite }),
      logs,
      ...settings,
      ...(maxRequests !== undefined && {
        maxRequestsJitter:
          settings.maxRequestsJitter ?? Math.floor(maxRequests / DEFAULTS.gunicorn.jitterShare),
      }),
    },
    timeout: settings.timeout ?? DEFAULTS.gunicorn.timeout,
    gracefulTimeout: settings.gracefulTimeout ?? DEFAULTS.gunicorn.gracefulTimeout,
  };
}
