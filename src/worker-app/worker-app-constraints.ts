import { ALERT_CONSTRAINTS } from './alerts/alerts-constraints.js';
import { unlikelyAmounts } from '../kubernetes/unlikely-amounts.js';
import { METRICS_ENV } from './keys/env.js';
import { hasStartPort } from './scraping/scraped-app.js';
import { aggregatedNotes } from './scraping/aggregated-notes.js';
import { WITHOUT_METRICS_CONSTRAINTS } from './scraping/without-metrics-constraints.js';
import { appLabels } from '../kubernetes/app-labels.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { onlyWith, type Constraint } from '../schema/constraint.js';
import { SCRAPING_CONSTRAINTS } from './scraping/scraping-constraints.js';
import { SERVICE_WINDOW_CONSTRAINTS } from './service-windows/service-window-constraints.js';
import { GUNICORN_CONSTRAINTS } from './gunicorn/gunicorn-constraints.js';
import type { ResolvedWorkerApp } from './keys/index.js';
import { HTTP_ROUTE_CONSTRAINTS } from './network/http-route-constraints.js';
import { ingressNotes } from './network/ingress-notes.js';
import { INGRESS_CONSTRAINTS } from './network/ingress-constraints.js';
import { NETWORK_CONSTRAINTS } from './network/network-constraints.js';
import {
  CONTAINER_CONSTRAINTS,
  CONTAINER_PLACE_CONSTRAINTS,
  WEB_CONTAINER_CONSTRAINTS,
} from './containers/container-constraints.js';
import { containerNotes } from './containers/container-notes.js';
import { POD_CONSTRAINTS, podLabelProblems, ROLLOUT_CONSTRAINTS } from './pod-constraints.js';
import { MIGRATE_CONSTRAINTS } from './jobs/migrate-constraints.js';
import { JOB_CONSTRAINTS } from './jobs/job-constraints.js';
import { jobNotes } from './jobs/job-notes.js';
import { BEAT_CONSTRAINTS } from './processes/beat-constraints.js';
import { CONTAINER_VARIABLE_CONSTRAINTS } from './processes/computed-variables.js';
import { otherPods } from './processes/other-pods.js';
import { processNotes } from './processes/process-notes.js';
import { ENTRY_CONSTRAINTS } from './processes/entry-constraints.js';
import { PROCESS_CONSTRAINTS } from './processes/process-constraints.js';
import { programNotes, PROGRAM_CONSTRAINTS } from './program-constraints.js';
import { podNotes } from './pod-notes.js';
import { secretNotes } from './secret-notes.js';
import { restrictedNotes } from './restricted-notes.js';
import { VOLUME_CONSTRAINTS, VOLUME_COPIES_CONSTRAINTS } from './volumes/volume-constraints.js';
import { volumeNotes } from './volumes/volume-notes.js';
import type { WorkerAppSpec } from './worker-app-spec.js';
import { SERVER_CONSTRAINTS } from './server/server-constraints.js';
import { serverNotes } from './server/server-notes.js';
import { PROBE_CONSTRAINTS } from './probe-constraints.js';
import { autoscalingNotes } from './scale/autoscaling-notes.js';
import { SCALE_CONSTRAINTS } from './scale/scale-constraints.js';
import { PORT_CONSTRAINTS } from './ports/port-constraints.js';
import type { WorkerAppProps } from './worker-app-props.js';
import { TARGET_LIMIT_CONSTRAINTS } from './scraping/target-limit-constraints.js';

/** The constraints between the keys of a WorkerApp. */
export const WORKER_APP_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = [
  ...PORT_CONSTRAINTS,
  ...onlyWith(['service', 'networkPolicy'], NETWORK_CONSTRAINTS),
  ...onlyWith(['ingress'], INGRESS_CONSTRAINTS),
  ...onlyWith(['httpRoute'], HTTP_ROUTE_CONSTRAINTS),
  ...POD_CONSTRAINTS,
  ...onlyWith(['command', 'args'], PROGRAM_CONSTRAINTS),
  ...onlyWith(['minReadySeconds', 'progressDeadlineSeconds', 'strategy'], ROLLOUT_CONSTRAINTS),
  ...onlyWith(['command', 'args', 'initContainers', 'sidecars'], BEAT_CONSTRAINTS),
  ...onlyWith(['processes', 'cronJobs', 'migrate'], ENTRY_CONSTRAINTS),
  ...onlyWith(['processes'], PROCESS_CONSTRAINTS),
  ...JOB_CONSTRAINTS,
  ...onlyWith(['migrate'], MIGRATE_CONSTRAINTS),
  ...onlyWith(['autoscaling', 'podDisruptionBudget'], SCALE_CONSTRAINTS),
  ...VOLUME_CONSTRAINTS,
  ...VOLUME_COPIES_CONSTRAINTS,
  ...CONTAINER_CONSTRAINTS,
  ...onlyWith(['initContainers', 'sidecars', 'processes', 'cronJobs'], CONTAINER_PLACE_CONSTRAINTS),
  ...CONTAINER_VARIABLE_CONSTRAINTS,
  ...WEB_CONTAINER_CONSTRAINTS,
  ...SCRAPING_CONSTRAINTS,
  ...WITHOUT_METRICS_CONSTRAINTS,
  ...TARGET_LIMIT_CONSTRAINTS,
  ...onlyWith(['gunicorn', 'env'], GUNICORN_CONSTRAINTS),
  ...onlyWith(['command', 'args'], SERVER_CONSTRAINTS),
  ...onlyWith(['probes'], PROBE_CONSTRAINTS),
  ...onlyWith(['alerts', 'dashboard'], ALERT_CONSTRAINTS),
  ...onlyWith(['serviceWindows'], SERVICE_WINDOW_CONSTRAINTS),
  { reads: ['http.healthPath', 'http.healthHost', 'probes'], problems: healthHost },
  { reads: ['env.COMPONENTS_FILE', 'serviceWindows'], problems: componentsFile },
  {
    reads: ['podLabels', 'selectorLabels', 'name', 'instance'],
    onlyWith: ['podLabels'],
    problems: podLabels,
  },
  ...Object.entries(METRICS_ENV).map(([name, key]) => ({
    reads: [`env.${name}`, 'metrics.strategy'],
    problems: (app: ResolvedWorkerApp) => metricsEnv(app, name, key),
  })),
  { reads: ['name', 'metrics.service'], problems: metricsServiceName },
];

/** Warnings about a valid WorkerApp. */
export function workerAppNotes(spec: WorkerAppSpec, props: WorkerAppProps): FieldDiagnostic[] {
  return [
    ...unlikelyAmounts(props.resources),
    ...podNotes(spec),
    ...secretNotes(spec.env),
    ...programNotes(spec),
    ...restrictedNotes(spec, props, spec),
    ...ingressNotes(spec),
    ...serverNotes(spec),
    ...aggregatedNotes(spec),
    ...autoscalingNotes(spec),
    ...volumeNotes(spec, otherPods(spec)),
    ...containerNotes(spec, spec.containerPorts),
    ...processNotes(spec, props),
    ...jobNotes(spec, props),
  ];
}

function podLabels(app: ResolvedWorkerApp): FieldDiagnostic[] {
  return podLabelProblems(app.podLabels, app.selectorLabels ?? appLabels(app).selector);
}

const LONGEST_SERVICE_NAME = 63;

function metricsServiceName({ name, metrics }: ResolvedWorkerApp): FieldDiagnostic[] {
  const service = `${name}-metrics`;
  if (metrics === false || metrics.service !== 'headless' || service.length <= LONGEST_SERVICE_NAME)
    return [];
  const message = `the headless Service ${service} would have ${service.length} characters, above ${LONGEST_SERVICE_NAME}`;
  const hint = 'shorten the name, or remove metrics.service';
  return [{ path: ['name'], message, hint }];
}

function healthHost({ http, probes }: ResolvedWorkerApp): FieldDiagnostic[] {
  const { healthHost: host, healthPath } = http;
  if (host === undefined || host === null || healthPath !== undefined) return [];
  const path = ['http', 'healthHost'];
  if (probes === undefined) {
    const message = 'without http.healthPath there are no probes';
    return [{ path, message, hint: 'set http.healthPath, or remove http.healthHost' }];
  }
  const message = 'only the probes of http.healthPath send it';
  const inProbe = `httpGet: { httpHeaders: [{ name: Host, value: ${host} }] }`;
  return [{ path, message, hint: `set http.healthPath, or write it into the probe: ${inProbe}` }];
}

function componentsFile({ env = {}, serviceWindows = [] }: ResolvedWorkerApp): FieldDiagnostic[] {
  if (serviceWindows.length === 0 || !Object.hasOwn(env, 'COMPONENTS_FILE')) return [];
  const message = 'is set by serviceWindows';
  const hint = 'remove it, or remove serviceWindows';
  return [{ path: ['env', 'COMPONENTS_FILE'], message, hint, inKey: true }];
}

/** Without our metrics ports, the application may need the variables. */
function metricsEnv(app: ResolvedWorkerApp, name: string, key: string): FieldDiagnostic[] {
  const { env = {} } = app;
  if (!hasStartPort(app) || !Object.hasOwn(env, name)) return [];
  return [
    { path: ['env', name], message: `computed from ${key}`, hint: `remove it and set ${key}`, inKey: true },
  ];
}
