import { resolveAlerts, type AlertSpecs } from '../alerts/alerts.js';
import { appLabels } from '../kubernetes/app-labels.js';
import type { Quantity } from '../kubernetes/quantity.js';
import type { ResolvedResources } from '../kubernetes/resources.js';
import { graphiteSettings } from '../scraping/graphite.js';
import { resolveScraping, type Scraping } from '../scraping/scraping.js';
import { targetLabels, type TargetLabels } from '../scraping/target-labels.js';
import type { ServiceWindow } from '../service-windows/service-window-props.js';
import { DEFAULTS, multiprocessVolume } from './defaults.js';
import { resolveGunicorn, type GunicornSpec } from './gunicorn-spec.js';
import { resolveResources } from './resolve-resources.js';
import type { EnvValue, ImagePullPolicy, WorkerAppProps } from './worker-app-props.js';

/** Where workers write their metrics for prometheus_client's multiprocess mode: a volume in memory. */
export const MULTIPROCESS_FOLDER = '/prometheus-multiproc';

/** Where the application finds its service windows. */
export const SERVICE_WINDOWS_FILE = '/etc/service-windows/components.json';

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
  readonly scraping: Scraping;
  /** The labels by which Prometheus knows its targets. */
  readonly target: TargetLabels;
  /** Those that are on. */
  readonly alerts: AlertSpecs;
  readonly dashboard: boolean;
  readonly serviceWindows: readonly ServiceWindow[];
  /** gunicorn with our configuration; absent where the image starts it its own way. */
  readonly gunicorn?: GunicornSpec;
  /** What the values say, over what the application is told. */
  readonly env: Readonly<Record<string, EnvValue>>;
  readonly resources: ResolvedResources;
  /** Size limit of the volume in memory; absent where there is none. */
  readonly multiprocessVolume?: Quantity;
}

/** @param props props without problems (see `workerAppProblems`) */
export function resolveWorkerApp(props: WorkerAppProps): WorkerAppSpec {
  const { name, image, imagePullPolicy, workers, serviceWindows = [] } = props;
  const namespace = props.namespace ?? DEFAULTS.namespace;
  const port = props.http?.port ?? DEFAULTS.http.port;
  const scraping = resolveScraping(workers, port, props.metrics);
  const { labels, selector } = appLabels(props);
  const target = targetLabels({ name, namespace, labels, scraping });
  const graphite = scraping.graphite && graphiteSettings(scraping.graphite, target);
  const gunicorn = resolveGunicorn(scraping, port, props.gunicorn, graphite);
  const runAsUser = props.runAsUser === undefined ? DEFAULTS.runAsUser : props.runAsUser;
  return {
    name,
    namespace,
    labels,
    selector,
    image,
    imagePullPolicy,
    container: props.container ?? DEFAULTS.container,
    runAsUser: runAsUser ?? undefined,
    replicas: props.replicas ?? DEFAULTS.replicas,
    http: {
      ...props.http,
      port,
      servicePort: props.http?.servicePort ?? DEFAULTS.http.servicePort,
    },
    scraping,
    target,
    alerts: resolveAlerts(props.alerts, {
      strategy: scraping.strategy,
      gracefulTimeout: gunicorn?.gracefulTimeout,
    }),
    dashboard: props.dashboard ?? DEFAULTS.dashboard,
    serviceWindows,
    gunicorn,
    env: {
      METRICS_START_PORT: String(scraping.ports.start),
      WEB_CONCURRENCY: String(workers),
      ...(scraping.exporter === 'gunicorn' && { METRICS_EXPORTER: 'gunicorn' }),
      ...(scraping.strategy === 'multiprocess' && { PROMETHEUS_MULTIPROC_DIR: MULTIPROCESS_FOLDER }),
      ...(serviceWindows.length > 0 && { COMPONENTS_FILE: SERVICE_WINDOWS_FILE }),
      ...props.env,
    },
    resources: resolveResources(workers, props.resources),
    ...(scraping.strategy === 'multiprocess' && { multiprocessVolume: multiprocessVolume(workers) }),
  };
}
