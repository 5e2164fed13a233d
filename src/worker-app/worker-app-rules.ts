import { ALERT_RULES } from '../alerts/alerts-rules.js';
import type { FieldRule } from '../fields/field-rules.js';
import { resourceProblems } from '../kubernetes/resource-rules.js';
import { orderOfReferences } from '../kubernetes/variable-references.js';
import { shownName } from '../problems/expected.js';
import type { FieldProblem } from '../problems/problem.js';
import { SCRAPING_RULES } from '../scraping/scraping-rules.js';
import { SERVICE_WINDOW_RULES } from '../service-windows/service-window-rules.js';
import { GUNICORN_RULES } from './gunicorn-rules.js';
import { PORT_RULES } from './port-rules.js';
import { TARGET_LIMIT_RULES } from './target-limit-rules.js';
import type { WorkerAppProps } from './worker-app-props.js';

/** Everything that must hold between fields of a WorkerApp. */
export const WORKER_APP_RULES: readonly FieldRule<WorkerAppProps>[] = [
  ...PORT_RULES,
  ...SCRAPING_RULES,
  ...TARGET_LIMIT_RULES,
  ...GUNICORN_RULES,
  ...ALERT_RULES,
  ...SERVICE_WINDOW_RULES,
  { reads: ['http.healthPath', 'http.healthHost'], problems: healthHost },
  { reads: ['env.COMPONENTS_FILE', 'serviceWindows'], problems: componentsFile },
  { reads: ['env'], problems: circularEnv },
  { reads: ['resources'], problems: ({ resources }) => resourceProblems(resources) },
  { reads: ['name', 'metrics.service'], problems: metricsServiceName },
];

const LONGEST_SERVICE_NAME = 63;

function metricsServiceName({ name, metrics }: WorkerAppProps): FieldProblem[] {
  const service = `${name}-metrics`;
  if (metrics?.service !== 'headless' || service.length <= LONGEST_SERVICE_NAME) return [];
  const message = `the headless Service ${service} would have ${service.length} characters, above ${LONGEST_SERVICE_NAME}; shorten the name, or leave out metrics.service`;
  return [{ path: ['name'], message }];
}

function healthHost({ http }: WorkerAppProps): FieldProblem[] {
  if (http?.healthHost === undefined || http.healthPath !== undefined) return [];
  const message = 'there is no probe that would send it; set http.healthPath, or remove http.healthHost';
  return [{ path: ['http', 'healthHost'], message }];
}

function componentsFile({ env = {}, serviceWindows = [] }: WorkerAppProps): FieldProblem[] {
  if (serviceWindows.length === 0 || !Object.hasOwn(env, 'COMPONENTS_FILE')) return [];
  const message = 'names the file that serviceWindows gives; remove one of the two';
  return [{ path: ['env', 'COMPONENTS_FILE'], message, inKey: true }];
}

function circularEnv({ env = {} }: WorkerAppProps): FieldProblem[] {
  const order = orderOfReferences(env);
  if (!('cycle' in order)) return [];
  const [first = ''] = order.cycle;
  const message = `it refers to itself (${order.cycle.map(shownName).join(' → ')}), and Kubernetes expands references to earlier variables alone; remove one of these references, or write $$(…) for the text $(…)`;
  return [{ path: ['env', first], message }];
}
