import type { AlertSpecs } from '../alerts/alerts.js';
import { ALERTS, type AlertOptions, type WorkerAppAlerts } from '../alerts/alerts-props.js';
import { SCRAPING_DEFAULTS } from '../scraping/scraping-defaults.js';
import type { GunicornSpec } from './gunicorn-spec.js';
import type { GunicornOptions, WorkerAppProps } from './worker-app-props.js';
import { resolveWorkerApp } from './worker-app-spec.js';

/**
 * Props that say all that silence means: the same application, with every default written out.
 * @param props props without problems
 */
export function effectiveWorkerApp(props: WorkerAppProps): WorkerAppProps {
  const spec = resolveWorkerApp(props);
  const { requests, limits } = spec.resources;
  const { ports, options, ...scraping } = spec.scraping;
  return {
    name: spec.name,
    instance: spec.selector['app.kubernetes.io/instance'],
    namespace: spec.namespace,
    image: spec.image,
    imagePullPolicy: spec.imagePullPolicy,
    container: spec.container,
    runAsUser: spec.runAsUser ?? null,
    replicas: spec.replicas,
    labels: props.labels,
    workers: props.workers,
    http: spec.http,
    metrics: { ...SCRAPING_DEFAULTS, startPort: ports.start, ...scraping, ...options },
    gunicorn: spec.gunicorn && gunicornOptions(spec.gunicorn),
    env: props.env,
    resources: { requests: texts(requests), limits: texts(limits) },
    alerts: alertOptions(props.alerts, spec.alerts),
    dashboard: spec.dashboard,
    serviceWindows: props.serviceWindows,
  };
}

function alertOptions(given: WorkerAppProps['alerts'], on: AlertSpecs): boolean | WorkerAppAlerts {
  if (given === undefined || given === false) return false;
  const { labels, ...alerts } = given === true ? ({} as WorkerAppAlerts) : given;
  const options = ALERTS.map((key) => {
    const own = alerts[key];
    // Those of all alerts stand once, where they were written.
    return [
      key,
      on[key] === undefined ? false : { ...on[key], labels: isOptions(own) ? own.labels : undefined },
    ];
  });
  return { labels, ...(Object.fromEntries(options) as WorkerAppAlerts) };
}

function isOptions(alert: boolean | AlertOptions | undefined): alert is AlertOptions {
  return typeof alert === 'object';
}

function gunicornOptions({ settings, timeout, gracefulTimeout }: GunicornSpec): GunicornOptions {
  const {
    httpPort: _httpPort,
    exporter: _exporter,
    strategy: _strategy,
    graphite: _graphite,
    ...options
  } = settings;
  return { timeout, gracefulTimeout, ...options };
}

function texts(amounts: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, String(amount)]));
}
