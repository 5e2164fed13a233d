import { choiceField, textField, wholeNumberField } from '../../schema/fields.js';
import type { TextFormat } from '../../kubernetes/text-formats.js';
import { group, key } from '../../schema/key.js';

const WORKER_CLASS: TextFormat = {
  what: 'a worker class such as gthread or uvicorn.workers.UvicornWorker',
  pattern: /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/,
  maxLength: 200,
};
const SECONDS = { min: 1, max: 3600 };
const REQUESTS = { min: 0, max: 1_000_000_000 };
const THREADS = { min: 1, max: 1000 };

/** gunicorn's own, in seconds. The periods of the pod must fit them. */
export const GUNICORN_TIMEOUTS = { timeout: 30, gracefulTimeout: 30 };

/** Workers that started together must not end together: by default their request counts vary by a tenth. */
const JITTER_SHARE = 10;

/** The key `gunicorn`. */
export const gunicorn = group({
  type: 'GunicornOptions',
  description:
    'How gunicorn runs. With this key, or with `metrics.exporter: gunicorn`, our gunicorn config is mounted into the pod. It suits a read-only file system and a user other than root.',
  unset: 'as the image starts it',
  default: (_, { metrics }: { metrics: { exporter: 'app' | 'gunicorn' } }) =>
    metrics.exporter === 'gunicorn' ? {} : undefined,
  keys: {
    timeout: key({
      field: wholeNumberField(SECONDS),
      description: 'Seconds without a heartbeat after which gunicorn kills and replaces a worker, 1 to 3600.',
      unset: `gunicorn's own, ${GUNICORN_TIMEOUTS.timeout}`,
      example: 60,
    }),
    gracefulTimeout: key({
      field: wholeNumberField(SECONDS),
      description:
        'Seconds that workers have to finish their requests when the pod ends or gunicorn reloads, 1 to 3600. The pod gets 10 s more.',
      unset: `gunicorn's own, ${GUNICORN_TIMEOUTS.gracefulTimeout}`,
      example: 20,
    }),
    maxRequests: key({
      field: wholeNumberField(REQUESTS),
      description: 'Requests after which a worker restarts, against memory leaks; 0 is never.',
      unset: "gunicorn's own, never",
      example: 1000,
    }),
    maxRequestsJitter: key({
      field: wholeNumberField(REQUESTS),
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
      field: wholeNumberField(THREADS),
      description: 'Threads in each worker, 1 to 1000. Above 1, gunicorn uses the worker class `gthread`.',
      unset: "gunicorn's own, 1",
      example: 4,
    }),
    workerClass: key({
      field: textField(WORKER_CLASS),
      description:
        '`sync`, `gthread`, `gevent`, or another class that the image contains, such as `uvicorn.workers.UvicornWorker`.',
      unset: "gunicorn's own, sync",
      example: 'gthread',
    }),
    logs: key({
      field: choiceField(['json', 'text']),
      description:
        '`json`: each log line of gunicorn and the application is one JSON object. Access logs have fields of their own.',
      default: 'text',
      example: 'json',
    }),
  },
});
