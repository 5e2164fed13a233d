import type { WorkerAppAlerts } from '../alerts/alerts-props.js';
import type { ConfigMapKey, SecretKey } from '../kubernetes/references.js';
import type { ResourceQuantities, Resources } from '../kubernetes/resources.js';
import type { WorkerAppMetrics } from '../scraping/scraping-props.js';
import type { ServiceWindow } from '../service-windows/service-window-props.js';

/**
 * A web application that several worker processes serve, and how each of them is scraped.
 * The same keys and the same meaning as in a values file.
 */
export interface WorkerAppProps {
  /**
   * Name of the Deployment, Service and ServiceMonitor, and their label `app.kubernetes.io/name`.
   * A DNS-1035 label of at most 63 characters, as Kubernetes asks of a Service.
   */
  readonly name: string;

  /**
   * The label `app.kubernetes.io/instance`: what this application is a part of.
   * @default - the name
   */
  readonly instance?: string;

  /** @default - the chart's namespace, or `default` */
  readonly namespace?: string;

  /**
   * More labels on every object and pod, such as one by which a Prometheus chooses its monitors. Those of
   * `app.kubernetes.io` are computed and cannot be set.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;

  /** Image of the application. Its tag becomes the label `app.kubernetes.io/version`. */
  readonly image: string;

  /** @default - Kubernetes' rule: Always for the tag latest or none, else IfNotPresent */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * Name of the container.
   * @default app
   */
  readonly container?: string;

  /**
   * User id that the container runs as; null leaves it to the image, whose USER must then be a number above 0.
   * @default 1000
   */
  readonly runAsUser?: number | null;

  /**
   * Pods.
   * @default 1
   */
  readonly replicas?: number;

  /** Worker processes in each pod, 1 to 100. Each gets a metrics port; the application is told by WEB_CONCURRENCY. */
  readonly workers: number;

  /** How the application is served. */
  readonly http?: WorkerAppHttp;

  /** How its workers are scraped. */
  readonly metrics?: WorkerAppMetrics;

  /**
   * Alerts, in a PrometheusRule of the application's name: all with true, or with a map of what differs.
   * @default false
   */
  readonly alerts?: boolean | WorkerAppAlerts;

  /**
   * Whether there is a Grafana dashboard, in a ConfigMap `<name>-dashboard` that Grafana's sidecar picks up.
   * @default false
   */
  readonly dashboard?: boolean;

  /**
   * When the application's components are in service: in a ConfigMap `<name>-service-windows` that the application is
   * pointed to by COMPONENTS_FILE, and as time intervals of Alertmanager.
   * @default - none
   */
  readonly serviceWindows?: readonly ServiceWindow[];

  /**
   * How gunicorn runs. With this, or with `metrics.exporter: gunicorn`, a configuration is mounted into the pod that
   * suits a read-only file system and a user that is not root.
   * @default - as the image starts it
   */
  readonly gunicorn?: GunicornOptions;

  /**
   * Environment of the container. What is computed cannot be set: COMPUTED_ENV has the names; where there are
   * `serviceWindows`, COMPONENTS_FILE is computed too. `$(NAME)` is the value of another variable, wherever it is given,
   * and `$$` is `$`, as in Kubernetes: variables are written after those that they refer to.
   * @default - none beside the computed ones
   */
  readonly env?: Readonly<Record<string, EnvValue>>;

  /**
   * Resources of the container, as in Kubernetes; null removes one, or all.
   * @default - requests of 100m CPU and 128Mi memory a worker, 64Mi more for gunicorn's master; a memory limit of twice
   * the memory request; no CPU limit
   */
  readonly resources?: Resources | null;
}

/** When the kubelet pulls an image. */
export type ImagePullPolicy = 'Always' | 'IfNotPresent' | 'Never';

/** How the application is served. */
export interface WorkerAppHttp {
  /**
   * Port of the application in the container, 1 to 65535.
   * @default 8000
   */
  readonly port?: number;

  /**
   * Port of the Service.
   * @default 80
   */
  readonly servicePort?: number;

  /**
   * Path that answers 2xx or 3xx when the application is well: liveness, readiness and startup probes ask it.
   * @default - no probes
   */
  readonly healthPath?: string;

  /**
   * `Host` header of the probes. Kubelet would send the pod's IP, which Django refuses unless ALLOWED_HOSTS has it.
   * @default - the pod's IP
   */
  readonly healthHost?: string;
}

/** How gunicorn runs; what is not given stays as gunicorn, or the image's command line, has it. */
export interface GunicornOptions {
  /**
   * Seconds without a sign of life after which a worker is killed and replaced, 1 to 3600.
   * @default - gunicorn's own, 30
   */
  readonly timeout?: number;

  /**
   * Seconds that workers have to finish their requests when the pod ends or gunicorn reloads, 1 to 3600. The pod is
   * given that and 10 s more.
   * @default - gunicorn's own, 30
   */
  readonly gracefulTimeout?: number;

  /**
   * Requests after which a worker is replaced, against leaks; 0 never.
   * @default - gunicorn's own, never
   */
  readonly maxRequests?: number;

  /**
   * Most requests more, chosen at random, so that workers are not all replaced at once.
   * @default - a tenth of maxRequests
   */
  readonly maxRequestsJitter?: number;

  /**
   * Threads in each worker, 1 to 1000; above 1 gunicorn uses the worker class gthread.
   * @default - gunicorn's own, 1
   */
  readonly threads?: number;

  /**
   * `sync`, `gthread`, `gevent` or another that the image has, such as `uvicorn.workers.UvicornWorker`.
   * @default - gunicorn's own, sync
   */
  readonly workerClass?: string;

  /**
   * `json`: each line that gunicorn and the application log is one JSON object, access logs with fields of their own.
   * @default text
   */
  readonly logs?: 'json' | 'text';
}

/** The value of an environment variable: text, or where Kubernetes takes it from. */
export type EnvValue = string | SecretKey | ConfigMapKey;

export type { ConfigMapKey, ResourceQuantities, Resources, SecretKey, WorkerAppMetrics };
