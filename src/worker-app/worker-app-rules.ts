import type { FieldRule } from '../fields/field-rules.js';
import { Quantity } from '../kubernetes/quantity.js';
import { UNPRIVILEGED_PORT } from '../kubernetes/whole-number.js';
import { MetricsPorts } from '../ports/metrics-ports.js';
import type { FieldProblem } from '../problems/problem.js';
import { PrometheusDuration } from '../prometheus/prometheus-duration.js';
import { DEFAULTS, defaultStartPort } from './defaults.js';
import { gunicornOptionsIn } from './gunicorn-args.js';
import { resolveGunicorn } from './gunicorn-spec.js';
import type { WorkerAppProps } from './worker-app-props.js';

export const WORKER_APP_RULES: readonly FieldRule<WorkerAppProps>[] = [
  { reads: ['workers', 'http.port', 'metrics.startPort'], problems: metricsRange },
  { reads: ['workers', 'http.port', 'http.servicePort', 'metrics.startPort'], problems: servicePort },
  { reads: ['http.healthPath', 'http.healthHost'], problems: healthHost },
  { reads: ['metrics.interval', 'metrics.scrapeTimeout'], problems: scrapeTimeout },
  { reads: ['env'], problems: computedEnv },
  { reads: ['env.GUNICORN_CMD_ARGS', 'metrics.exporter', 'gunicorn'], problems: gunicornArgs },
  { reads: ['gunicorn'], problems: jitter },
  { reads: ['resources'], problems: requestsWithinLimits },
];

/** What the application is told, and what decides it. */
const COMPUTED_ENV = {
  WEB_CONCURRENCY: 'workers',
  METRICS_START_PORT: 'metrics.startPort',
  METRICS_EXPORTER: 'metrics.exporter',
};

/** http.port and metrics.startPort, as given or by default. */
export function portsOf({ http, metrics }: WorkerAppProps): { httpPort: number; startPort: number } {
  const httpPort = http?.port ?? DEFAULTS.http.port;
  return { httpPort, startPort: metrics?.startPort ?? defaultStartPort(httpPort) };
}

function metricsRange(props: WorkerAppProps): FieldProblem[] {
  const { httpPort, startPort } = portsOf(props);
  const { workers } = props;
  const start = ['metrics', 'startPort'];
  const highest = UNPRIVILEGED_PORT.max - workers + 1;
  if (startPort < UNPRIVILEGED_PORT.min || startPort > UNPRIVILEGED_PORT.max) {
    const message = `its default, http.port + 1 = ${startPort}, is out of range; set it to a whole number from ${UNPRIVILEGED_PORT.min} to ${highest}`;
    return [{ path: start, message }];
  }
  try {
    const ports = MetricsPorts.forWorkers(workers, startPort);
    if (!ports.covers(httpPort)) return [];
    const free = httpPort < highest ? `${httpPort + 1} or above` : `${httpPort - workers} or below`;
    const message = `ports ${ports} of ${workers} workers cover http.port ${httpPort}; set metrics.startPort to ${free}`;
    return [{ path: start, message }];
  } catch (error) {
    if (error instanceof RangeError) return [{ path: ['workers'], message: error.message }];
    throw error;
  }
}

function servicePort(props: WorkerAppProps): FieldProblem[] {
  if (metricsRange(props).length > 0) return [];
  const port = props.http?.servicePort ?? DEFAULTS.http.servicePort;
  const ports = MetricsPorts.forWorkers(props.workers, portsOf(props).startPort);
  if (!ports.covers(port)) return [];
  const message = `${port} is a metrics port (${ports}), and the Service has those too; set http.servicePort to a port outside ${ports}`;
  return [{ path: ['http', 'servicePort'], message }];
}

function healthHost({ http }: WorkerAppProps): FieldProblem[] {
  if (http?.healthHost === undefined || http.healthPath !== undefined) return [];
  const message = 'there is no probe that would send it; set http.healthPath, or remove http.healthHost';
  return [{ path: ['http', 'healthHost'], message }];
}

function scrapeTimeout({ metrics }: WorkerAppProps): FieldProblem[] {
  if (metrics?.scrapeTimeout === undefined) return [];
  const interval = metrics.interval ?? DEFAULTS.metrics.interval;
  if (!PrometheusDuration.parse(metrics.scrapeTimeout).isLongerThan(PrometheusDuration.parse(interval)))
    return [];
  const message = `${metrics.scrapeTimeout} is above metrics.interval ${interval}, which the operator refuses; lower it to ${interval} or below`;
  return [{ path: ['metrics', 'scrapeTimeout'], message }];
}

function computedEnv({ env = {} }: WorkerAppProps): FieldProblem[] {
  return Object.entries(COMPUTED_ENV)
    .filter(([name]) => Object.hasOwn(env, name))
    .map(([name, field]) => ({
      path: ['env', name],
      message: `computed from ${field}; remove it and set ${field}`,
      inKey: true,
    }));
}

function gunicornArgs(props: WorkerAppProps): FieldProblem[] {
  const { env = {}, metrics } = props;
  const args = Object.hasOwn(env, 'GUNICORN_CMD_ARGS') ? env['GUNICORN_CMD_ARGS'] : undefined;
  const problem = (message: string): FieldProblem[] => [{ path: ['env', 'GUNICORN_CMD_ARGS'], message }];
  const configured = resolveGunicorn(props) !== undefined;
  if (args !== undefined && typeof args !== 'string') {
    return configured
      ? problem('must be text here, as --config of our gunicorn configuration is put before it')
      : [];
  }
  const given = gunicornOptionsIn(args ?? '');
  if (given.workers !== undefined) {
    return problem(
      `${given.workers} would part the number of workers from that of metrics ports; remove it and set workers`,
    );
  }
  if (given.preload !== undefined && metrics?.exporter !== 'gunicorn') {
    return problem(
      `${given.preload} would leave workers without a metrics port; remove it, or set metrics.exporter to gunicorn`,
    );
  }
  if (given.config !== undefined && configured) {
    return problem(
      `${given.config} would replace our gunicorn configuration; remove it, or leave out metrics.exporter: gunicorn and gunicorn`,
    );
  }
  return [];
}

function jitter({ gunicorn }: WorkerAppProps): FieldProblem[] {
  if (gunicorn?.maxRequestsJitter === undefined || gunicorn.maxRequests !== undefined) return [];
  const message =
    'without gunicorn.maxRequests no worker is replaced; set that, or remove gunicorn.maxRequestsJitter';
  return [{ path: ['gunicorn', 'maxRequestsJitter'], message }];
}

function requestsWithinLimits({ resources }: WorkerAppProps): FieldProblem[] {
  return Object.entries(resources?.limits ?? {}).flatMap(([name, limit]) => {
    const request = resources?.requests?.[name] ?? null;
    if (request === null || limit === null) return [];
    if (Quantity.parse(request).value <= Quantity.parse(limit).value) return [];
    const message = `the request of ${request} is above the limit of ${limit}; lower it, or raise resources.limits.${name}`;
    return [{ path: ['resources', 'requests', name], message }];
  });
}
