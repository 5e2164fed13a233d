import type { GunicornConfig } from './gunicorn-config.js';
import { GUNICORN_TIMEOUTS } from './gunicorn-keys.js';
import type { PodPart } from '../pod-part.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';

/** Annotation of the pods, which restart when our gunicorn config changes. */
const CONFIG_HASH = 'cdk8s-worker-metrics/gunicorn-config';

/** Seconds until every node has removed the endpoints of a terminating pod. gunicorn accepts requests until then. */
const DRAIN = 5;

/** Seconds that gunicorn's master gets in addition to the graceful timeout of its workers. */
const MARGIN = 5;

/** The fields that our gunicorn config adds to the pods. */
export function gunicornPart({ gunicorn }: WorkerAppSpec, config: GunicornConfig): PodPart {
  return {
    pod: { terminationGracePeriodSeconds: secondsToEnd(gunicorn ?? {}) + MARGIN },
    container: { lifecycle: { preStop: { exec: { command: ['sleep', String(DRAIN)] } } } },
    podAnnotations: { [CONFIG_HASH]: config.hash },
    volumes: [config],
  };
}

/** Seconds that gunicorn takes to end: the wait of `preStop`, then the graceful timeout. */
export function secondsToEnd({
  gracefulTimeout = GUNICORN_TIMEOUTS.gracefulTimeout,
}: {
  readonly gracefulTimeout?: number | undefined;
}): number {
  return DRAIN + gracefulTimeout;
}
