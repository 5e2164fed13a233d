import { DEFAULTS } from './defaults.js';
import type { GraphiteSettings } from '../scraping/graphite.js';
import type { Scraping } from '../scraping/scraping.js';
import type { Strategy } from '../scraping/scraping-props.js';
import type { GunicornOptions } from './worker-app-props.js';

/** What our gunicorn configuration reads beside itself, in settings.json. */
export interface GunicornSettings extends GunicornOptions {
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

/** Absent where the image's own way of starting gunicorn is left alone. */
export function resolveGunicorn(
  { exporter, strategy }: Pick<Scraping, 'exporter' | 'strategy'>,
  gunicorn: GunicornOptions | undefined,
  graphite?: GraphiteSettings,
): GunicornSpec | undefined {
  if (exporter !== 'gunicorn' && gunicorn === undefined) return undefined;
  const { logs = DEFAULTS.gunicorn.logs, ...settings } = gunicorn ?? {};
  const { maxRequests } = settings;
  return {
    settings: {
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
