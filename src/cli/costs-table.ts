import { count } from '../diagnostics/count.js';
import { recommendationLine, selectionLine } from '../worker-app/scraping/recommendation-line.js';
import type { ScrapeAlternative } from '../worker-app/scraping/scrape-alternatives.js';
import type { ScrapeRecommendation } from '../worker-app/scraping/scrape-recommendation.js';
import type { WorkerAppSpec } from '../worker-app/worker-app-spec.js';
import { countedPods, NOT_SCRAPED, type ApplicationCosts } from './application-costs.js';
import { columnsOf } from './terminal/fold.js';
import type { Paint } from './terminal/paint.js';
import { table } from './terminal/table.js';

const HEADINGS = [
  'USE', 'STRATEGY ENDPOINTS', 'MONITOR SERVICE', 'JOBS', 'TARGETS', 'RELABELED', 'DROPPED', 'RULES',
]; // prettier-ignore

/** The costs of an application, for people: a row for each method, and the recommendation. */
export function costsTable({ spec, environment, recommendation }: ApplicationCosts, paint: Paint): string {
  const where = environment === undefined ? spec.name : `${spec.name} in ${environment}`;
  const title = `${where}: ${count(spec.workers, 'worker')} in each of ${podsText(spec)}`;
  if (recommendation === undefined) return [paint('heading', title), NOT_SCRAPED].join('\n');
  const rows = recommendation.alternatives.map((method) => row(method, recommendation, paint));
  const lines = table(HEADINGS, rows, columnsOf(process.stdout));
  const advice = [recommendationLine(recommendation), ...selectionLine(recommendation)];
  return [paint('heading', title), ...lines, ...advice].join('\n');
}

function podsText(spec: WorkerAppSpec): string {
  const pods = count(countedPods(spec), 'pod');
  if (spec.pods.most === undefined)
    return `${pods} (another scaler sets their number: these are the costs of one)`;
  return spec.autoscaling === undefined ? pods : `${pods} (autoscaling.maxReplicas)`;
}

function row(method: ScrapeAlternative, { now, best }: ScrapeRecommendation, paint: Paint): string[] {
  const { strategy, monitor, endpoints = '', service = '' } = method;
  const costs = [
    method.jobs,
    method.targets,
    method.relabelings,
    method.droppedTargets,
    method.iptablesRules,
  ];
  const cells = [`${strategy} ${endpoints}`.trim(), `${monitor} ${service}`.trim(), ...costs.map(String)];
  if (method === now) return ['now', ...cells].map((cell) => paint('good', cell));
  return method === best ? ['best', ...cells].map((cell) => paint('heading', cell)) : ['', ...cells];
}
