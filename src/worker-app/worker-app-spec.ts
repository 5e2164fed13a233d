import { appLabels } from '../kubernetes/app-labels.js';
import type { ResolvedResources } from '../kubernetes/resources.js';
import { MetricsPorts } from '../ports/metrics-ports.js';
import { DEFAULTS } from './defaults.js';
import { resolveGunicorn, type GunicornSpec } from './gunicorn-spec.js';
import { resolveResources } from './resolve-resources.js';
import type { EnvValue, ImagePullPolicy, WorkerAppProps } from './worker-app-props.js';
import { portsOf } from './worker-app-rules.js';

/** A WorkerApp with every default in place and every fact derived: what the constructs are built from. */
export interface WorkerAppSpec {
  readonly name: string;
  readonly namespace: string;
  /** On every object and pod. */
  readonly labels: Readonly<Record<string, string>>;
  /** Those of the labels that never change while the application lives. */
  readonly selector: Readonly<Record<string, string>>;
  readonly image: string;
  readonly imagePullPolicy?: ImagePullPolicy;
  readonly container: string;
  readonly runAsUser?: number;
  readonly replicas: number;
  readonly http: {
    readonly port: number;
    readonly servicePort: number;
    readonly healthPath?: string;
    readonly healthHost?: string;
  };
  readonly ports: MetricsPorts;
  readonly interval: string;
  readonly scrapeTimeout?: string;
  /** gunicorn with our configuration; absent where the image starts it its own way. */
  readonly gunicorn?: GunicornSpec;
  /** What the values say, over what the application is told. */
  readonly env: Readonly<Record<string, EnvValue>>;
  readonly resources: ResolvedResources;
}

/** @param props props without problems (see `workerAppProblems`) */
export function resolveWorkerApp(props: WorkerAppProps): WorkerAppSpec {
  const { name, image, imagePullPolicy, workers, metrics } = props;
  const { httpPort, startPort } = portsOf(props);
  const ports = MetricsPorts.forWorkers(workers, startPort);
  const gunicorn = resolveGunicorn(props);
  const runAsUser = props.runAsUser === undefined ? DEFAULTS.runAsUser : props.runAsUser;
  return {
    name,
    namespace: props.namespace ?? DEFAULTS.namespace,
    ...appLabels(props),
    image,
    imagePullPolicy,
    container: props.container ?? DEFAULTS.container,
    runAsUser: runAsUser ?? undefined,
    replicas: props.replicas ?? DEFAULTS.replicas,
    http: {
      ...props.http,
      port: httpPort,
      servicePort: props.http?.servicePort ?? DEFAULTS.http.servicePort,
    },
    ports,
    interval: metrics?.interval ?? DEFAULTS.metrics.interval,
    scrapeTimeout: metrics?.scrapeTimeout,
    gunicorn,
    env: {
      METRICS_START_PORT: String(ports.start),
      WEB_CONCURRENCY: String(ports.count),
      ...(gunicorn?.settings.exporter === 'gunicorn' && { METRICS_EXPORTER: 'gunicorn' }),
      ...props.env,
    },
    resources: resolveResources(workers, props.resources),
  };
}
