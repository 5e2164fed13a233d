import { choiceField, textField, wholeNumberField } from '../../schema/fields.js';
import type { TextFormat } from '../../kubernetes/text-formats.js';
import { unknownKey } from '../../schema/message-with-hint.js';
import { key } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';

const WORKER_CLASS: TextFormat = {
  what: 'a worker class such as gthread or uvicorn.workers.UvicornWorker',
  pattern: /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/,
  maxLength: 200,
};
const SECONDS = { min: 1, max: 3600 };
const REQUESTS = { min: 0, max: 1_000_000_000 };
const THREADS = { min: 1, max: 1000 };

/** The defaults of gunicorn, in seconds. The pod's grace period and probes depend on them. */
export const GUNICORN_TIMEOUTS = { timeout: 30, gracefulTimeout: 30 };

/** By default, `maxRequests` varies by a tenth, so that workers don't restart together. */
const JITTER_SHARE = 10;

const BIND = unknownKey(
  'write http: { port: 8000 }: gunicorn listens there if the image sets no other address',
);
const asArgument = (argument: string) => unknownKey(`write env: { GUNICORN_CMD_ARGS: ${argument} }`);

/** Settings of gunicorn that are no keys. */
const REFUSED = {
  bind: BIND,
  port: BIND,
  keepalive: asArgument('--keep-alive=5'),
  accesslog: asArgument('--access-logfile=-'),
  errorlog: asArgument('--error-logfile=-'),
  loglevel: asArgument('--log-level=info'),
  worker_connections: asArgument('--worker-connections=1000'),
  wsgi_app: unknownKey('write command: [gunicorn, shop.wsgi]'),
};

/** The key `gunicorn`. */
export const gunicorn = group({
  type: 'GunicornOptions',
  refused: REFUSED,
  description:
    'Settings of gunicorn. With this key, or with `metrics.exporter: gunicorn`, our gunicorn config is mounted into the pod. It works with a read-only file system and a non-root user.',
  unset: 'the settings of the image',
  default: (_, { metrics }: { metrics: { exporter: 'app' | 'gunicorn' } | false }) =>
    metrics !== false && metrics.exporter === 'gunicorn' ? {} : undefined,
  keys: {
    timeout: key({
      field: () => wholeNumberField(SECONDS),
      description:
        'Seconds, 1 to 3600. gunicorn kills and replaces a worker that sends no heartbeat for this long.',
      unset: `gunicorn's default, ${GUNICORN_TIMEOUTS.timeout}`,
      example: 60,
    }),
    gracefulTimeout: key({
      field: () => wholeNumberField(SECONDS),
      description:
        'Seconds, 1 to 3600, in which workers must finish their requests when the pod stops or gunicorn reloads. The grace period of the pod is 10 s longer.',
      unset: `gunicorn's default, ${GUNICORN_TIMEOUTS.gracefulTimeout}`,
      example: 20,
    }),
    maxRequests: key({
      field: () => wholeNumberField(REQUESTS),
      description: 'A worker restarts after this many requests, which limits memory leaks. 0 means never.',
      unset: "gunicorn's default, never",
      example: 1000,
    }),
    maxRequestsJitter: key({
      field: () => wholeNumberField(REQUESTS),
      description:
        "Maximum random addition to `maxRequests`, so that workers don't restart together. Needs `maxRequests`.",
      unset: 'a tenth of maxRequests',
      default: ({ maxRequests }: { maxRequests: number | undefined }) =>
        maxRequests === undefined ? undefined : Math.floor(maxRequests / JITTER_SHARE),
      example: 50,
      requires: 'maxRequests',
      needs: { gunicorn: { maxRequests: 1000 } },
    }),
    threads: key({
      field: () => wholeNumberField(THREADS),
      description:
        'Number of threads in each worker, 1 to 1000. Above 1, gunicorn uses the worker class `gthread`.',
      unset: "gunicorn's default, 1",
      example: 4,
    }),
    workerClass: key({
      field: () => textField(WORKER_CLASS),
      description:
        'Worker class of gunicorn: `sync`, `gthread`, `gevent`, or another class that the image contains, such as `uvicorn.workers.UvicornWorker`.',
      unset: "gunicorn's default, sync",
      example: 'gthread',
    }),
    logs: key({
      field: () => choiceField(['json', 'text']),
      description:
        'Format of the logs. `json`: each line of gunicorn and the application is one JSON object; lines of the access log have a field for each value. `text`: the lines are not changed.',
      default: 'text',
      example: 'json',
    }),
  },
});
