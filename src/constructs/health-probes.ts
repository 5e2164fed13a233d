import { k8s } from 'cdk8s-plus-28';

/** What asks whether the application is well. */
export interface HealthProbesProps {
  /** Path on the port `http`. @default - no probes */
  readonly healthPath?: string;
  /** `Host` header. @default - the pod's IP */
  readonly healthHost?: string;
  /** Seconds after which gunicorn replaces a worker that hangs. @default - gunicorn's own, 30 */
  readonly workerTimeout?: number;
}

/**
 * Liveness is slow to judge, as it restarts the container: 3 × 30 s, or longer where gunicorn needs longer to replace
 * workers that hang. Readiness takes a busy pod out of the Service
 * sooner: 3 × 10 s. Startup gives a slow import or migration 150 s, and keeps the other two waiting until then.
 */
export function healthProbes({
  healthPath,
  healthHost,
  workerTimeout = 0,
}: HealthProbesProps): Pick<k8s.Container, 'livenessProbe' | 'readinessProbe' | 'startupProbe'> {
  if (healthPath === undefined) return {};
  const httpGet: k8s.HttpGetAction = {
    path: healthPath,
    port: k8s.IntOrString.fromString('http'),
    scheme: 'HTTP',
    ...(healthHost !== undefined && { httpHeaders: [{ name: 'Host', value: healthHost }] }),
  };
  const probe = (periodSeconds: number, failureThreshold: number): k8s.Probe => ({
    httpGet,
    periodSeconds,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold,
  });
  return {
    livenessProbe: { ...probe(30, Math.max(3, Math.ceil(workerTimeout / 30) + 1)), initialDelaySeconds: 10 },
    readinessProbe: probe(10, 3),
    startupProbe: probe(5, 30),
  };
}
