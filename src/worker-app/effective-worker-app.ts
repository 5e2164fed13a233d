import type { WorkerAppProps } from './worker-app-props.js';
import { resolveWorkerApp } from './worker-app-spec.js';

/**
 * Props that say all that silence means: the same application, with every default written out.
 * @param props props without problems
 */
export function effectiveWorkerApp(props: WorkerAppProps): WorkerAppProps {
  const spec = resolveWorkerApp(props);
  const { requests, limits } = spec.resources;
  return {
    name: spec.name,
    instance: spec.selector['app.kubernetes.io/instance'],
    namespace: spec.namespace,
    image: spec.image,
    imagePullPolicy: spec.imagePullPolicy,
    container: spec.container,
    runAsUser: spec.runAsUser ?? null,
    replicas: spec.replicas,
    workers: spec.ports.count,
    http: spec.http,
    metrics: { startPort: spec.ports.start, interval: spec.interval, scrapeTimeout: spec.scrapeTimeout },
    env: props.env,
    resources: { requests: texts(requests), limits: texts(limits) },
  };
}

function texts(amounts: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, String(amount)]));
}
