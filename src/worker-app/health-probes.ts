import { GUNICORN_TIMEOUTS } from './gunicorn/gunicorn-keys.js';
import type { PodPart } from './pod-part.js';
import type { ResolvedWorkerApp } from './keys/index.js';

/**
 * The probes of an application with `http.healthPath`. Liveness restarts the container after 3 × 30 s, or later if gunicorn
 * needs more time to replace workers that hang. Readiness removes a busy pod from the Service sooner, after 3 × 10 s.
 * Startup allows 150 s for slow imports or migrations; the other two start after it.
 */
export function healthProbes({
  http,
  gunicorn,
}: Partial<Pick<ResolvedWorkerApp, 'http' | 'gunicorn'>>): PodPart {
  const { healthPath, healthHost } = http ?? {};
  if (healthPath === undefined) return {};
  const httpGet = {
    path: healthPath,
    port: 'http',
    scheme: 'HTTP',
    ...(healthHost !== undefined &&
      healthHost !== null && { httpHeaders: [{ name: 'Host', value: healthHost }] }),
  };
  const probe = (periodSeconds: number, failureThreshold: number) => ({
    httpGet,
    periodSeconds,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold,
  });
  const { timeout = GUNICORN_TIMEOUTS.timeout } = gunicorn ?? { timeout: 0 };
  return {
    container: {
      livenessProbe: Object.assign(probe(30, Math.max(3, Math.ceil(timeout / 30) + 1)), {
        initialDelaySeconds: 10,
      }),
      readinessProbe: probe(10, 3),
      startupProbe: probe(5, 30),
    },
  };
}
