import { Command } from 'commander';
import {
  isChosen,
  scrapeAlternatives,
  type ScrapeAlternative,
  type ScrapeContext,
} from '../worker-app/scraping/scrape-alternatives.js';
import { otherPorts } from '../worker-app/scraping/other-ports.js';
import { surroundingsIn } from './surroundings-in.js';
import {
  recommendScraping,
  type ScrapeRecommendation,
} from '../worker-app/scraping/scrape-recommendation.js';
import { recommendationLine, selectionLine, totalLine } from '../worker-app/scraping/recommendation-line.js';
import { columnsOf } from './terminal/fold.js';
import { paintFor, type Paint } from './terminal/paint.js';
import { printMessage, printResult } from './terminal/print.js';
import { table } from './terminal/table.js';
import type { Values } from '../values/parse-values.js';
import { isScrapedSpec, type ScrapedSpec, type WorkerAppSpec } from '../worker-app/worker-app-spec.js';
import type { Surroundings } from '../worker-app/scraping/surroundings.js';
import { readValues } from '../values/read-values.js';
import { outputFolder, valuesPaths, type Environment, type Finish } from './command.js';
import { count } from '../diagnostics/count.js';
import {
  environmentOption,
  formatOption,
  printsItsResult,
  setOption,
  valuesOption,
  type Format,
} from './options.js';
import { printDocument, printFailure } from './print-diagnostics.js';

interface CostsFlags {
  readonly values?: string[];
  readonly environment?: string[];
  readonly set?: string[];
  readonly format: Format;
}

/** `worker-metrics costs`. */
export function costsCommand(environment: Environment, finish: Finish): Command {
  return new Command('costs')
    .description('show the costs of scraping each application, and those of the alternatives')
    .addOption(valuesOption())
    .addOption(environmentOption())
    .addOption(setOption())
    .addOption(printsItsResult())
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
  USE          now: the settings in the values; best: the recommended settings, if they differ
  JOBS         scrape jobs in the configuration of Prometheus
  TARGETS      scraped targets
  RELABELED    targets relabeled whenever the discovery of pods finds a change: with those of other Services and
               pods in the namespace, as far as these values contain them
  DROPPED      targets that relabeling drops, and Prometheus keeps in memory
  RULES        iptables rules on each node of the cluster

Exit code: 0 when the values are valid, else 1.

Examples:
  $ worker-metrics costs
  $ worker-metrics costs --values values/shop.yaml`,
    )
    .action(async ({ values: given, environment: environments, set, format }: CostsFlags) => {
      const { values, problems } = await readValues({
        values: valuesPaths(given, environment),
        environments,
        set,
        output: outputFolder(environment),
      });
      if (problems.length > 0) {
        printFailure(format, problems, 'nothing was computed');
        finish(1);
        return;
      }
      const paint = paintFor(process.stdout);
      const surroundingsOf = await surroundingsIn(values);
      const applications = values
        .filter(isWorkerApp)
        .map((each): Application => ({ ...each, surroundings: surroundingsOf(each) }));
      if (format === 'json') printDocument([], { applications: applications.map(costs) });
      else if (applications.length === 0) printMessage('no WorkerApp in these values');
      else {
        const counted = applications.filter(isScraped);
        const parts = applications.map((each) => costsOf(each, paint));
        if (counted.length > 1)
          parts.push(
            totalLine(
              counted.map((each) => recommendScraping(scraped(each))),
              new Set(counted.map(({ spec }) => spec.name)).size,
            ),
          );
        printResult(parts.join('\n\n'));
      }
    });
}

function isWorkerApp(values: Values): values is Values<'WorkerApp'> {
  return values.kind === 'WorkerApp';
}

/** An application, and what is beside it in its namespace. */
interface Application extends Values<'WorkerApp'> {
  readonly surroundings: Surroundings | undefined;
}

/** An application without `metrics: false`. */
interface ScrapedApplication extends Application {
  readonly spec: ScrapedSpec;
}

function isScraped(application: Application): application is ScrapedApplication {
  return isScrapedSpec(application.spec);
}

/** The most pods; one if another scaler sets their number. */
function countedPods({ pods }: WorkerAppSpec): number {
  return pods.most ?? 1;
}

function podsText(spec: WorkerAppSpec): string {
  const pods = count(countedPods(spec), 'pod');
  if (spec.pods.most === undefined)
    return `${pods} (another scaler sets their number: these are the costs of one)`;
  return spec.autoscaling === undefined ? pods : `${pods} (autoscaling.maxReplicas)`;
}

function contextOf({ spec, surroundings }: ScrapedApplication): ScrapeContext {
  const { selectorMechanism, strategy } = spec.metrics;
  return { ...otherPorts(spec), selectorMechanism, surroundings, strategy };
}

function alternativesOf(application: ScrapedApplication): ScrapeAlternative[] {
  const { spec } = application;
  return scrapeAlternatives(spec.workers, countedPods(spec), contextOf(application));
}

function scraped(application: ScrapedApplication) {
  const { spec } = application;
  const { workers, metrics } = spec;
  return { workers, metrics, replicas: countedPods(spec), context: contextOf(application) };
}

/** The costs of an application, for JSON output. */
function costs(application: Application): object {
  const { name, workers, pods } = application.spec;
  const { environment } = application;
  const words = { name, environment, workers, replicas: pods.most ?? null };
  if (!isScraped(application)) return { ...words, recommended: NOT_SCRAPED, alternatives: [] };
  const { metrics } = application.spec;
  const recommendation = recommendScraping(scraped(application));
  const alternatives = alternativesOf(application).map((method) => ({
    ...method,
    isChosen: isChosen(method, metrics),
    isRecommended: isChosen(method, { ...metrics, ...recommendation.settings }),
  }));
  const recommended = recommendationLine(recommendation);
  return { ...words, recommended, alternatives };
}

const NOT_SCRAPED = 'costs nothing: metrics is false';

const HEADINGS = [
  'USE', 'STRATEGY ENDPOINTS', 'MONITOR SERVICE', 'JOBS', 'TARGETS', 'RELABELED', 'DROPPED', 'RULES',
]; // prettier-ignore

function costsOf(application: Application, paint: Paint): string {
  const { spec, environment } = application;
  const { workers } = spec;
  const where = environment === undefined ? spec.name : `${spec.name} in ${environment}`;
  const title = `${where}: ${count(workers, 'worker')} in each of ${podsText(spec)}`;
  if (!isScraped(application)) return [paint('heading', title), NOT_SCRAPED].join('\n');
  const recommendation = recommendScraping(scraped(application));
  const rows = alternativesOf(application).map((method) =>
    row(method, application.spec, recommendation, paint),
  );
  const lines = table(HEADINGS, rows, columnsOf(process.stdout));
  const advice = [recommendationLine(recommendation), ...selectionLine(recommendation)];
  return [paint('heading', title), ...lines, ...advice].join('\n');
}

function row(
  method: ScrapeAlternative,
  { metrics }: ScrapedSpec,
  { settings }: ScrapeRecommendation,
  paint: Paint,
): string[] {
  const { strategy, monitor, endpoints = '', service = '' } = method;
  const costs = [
    method.jobs,
    method.targets,
    method.relabelings,
    method.droppedTargets,
    method.iptablesRules,
  ];
  const cells = [`${strategy} ${endpoints}`.trim(), `${monitor} ${service}`.trim(), ...costs.map(String)];
  if (isChosen(method, metrics)) return ['now', ...cells].map((cell) => paint('good', cell));
  return isChosen(method, { ...metrics, ...settings })
    ? ['best', ...cells].map((cell) => paint('heading', cell))
    : ['', ...cells];
}
