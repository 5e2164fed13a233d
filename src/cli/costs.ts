import { Command } from 'commander';
import {
  isChosen,
  scrapeAlternatives,
  type ScrapeAlternative,
} from '../worker-app/scraping/scrape-alternatives.js';
import { paintFor, type Paint } from './terminal/paint.js';
import { printMessage, printResult } from './terminal/print.js';
import { table } from './terminal/table.js';
import type { Values } from '../values/parse-values.js';
import type { WorkerAppSpec } from '../worker-app/worker-app-spec.js';
import { readValues } from '../values/read-values.js';
import { outputFolder, valuesPaths, type Environment, type Finish } from './command.js';
import { count } from './count.js';
import {
  environmentOption,
  formatOption,
  printsItsResult,
  setOption,
  valuesOption,
  type Format,
} from './options.js';
import { printDocument, printFailure } from './report.js';

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
  JOBS           scrape jobs in the configuration of Prometheus
  TARGETS        scraped targets
  RELABELINGS    targets relabelled whenever the discovery of pods finds a change
  DROPPED        targets that relabelling drops, and Prometheus keeps in memory
  IPTABLES       rules on each node of the cluster

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
      const applications = values.filter(isWorkerApp);
      if (format === 'json') printDocument([], { applications: applications.map(costs) });
      else if (applications.length === 0) printMessage('no WorkerApp in these values');
      else printResult(applications.map((each) => costsOf(each, paint)).join('\n\n'));
    });
}

function isWorkerApp(values: Values): values is Values<'WorkerApp'> {
  return values.kind === 'WorkerApp';
}

/** The costs of an application, for JSON output. */
function costs({ spec, environment }: Values<'WorkerApp'>): object {
  const { name, workers, replicas, metrics } = spec;
  const alternatives = scrapeAlternatives(workers, replicas).map((way) => ({
    ...way,
    isChosen: isChosen(way, metrics),
  }));
  return { name, environment, workers, replicas, alternatives };
}

const HEADINGS = [
  '', 'STRATEGY', 'MONITOR', 'ENDPOINTS', 'SERVICE', 'JOBS', 'TARGETS', 'RELABELINGS', 'DROPPED', 'IPTABLES',
]; // prettier-ignore

function costsOf({ spec, environment }: Values<'WorkerApp'>, paint: Paint): string {
  const { workers } = spec;
  const where = environment === undefined ? spec.name : `${spec.name} in ${environment}`;
  const title = `${where}: ${count(workers, 'worker')} in each of ${count(spec.replicas, 'pod')}`;
  const rows = scrapeAlternatives(workers, spec.replicas).map((way) => row(way, spec, paint));
  return [paint('heading', title), ...table([HEADINGS, ...rows])].join('\n');
}

function row(way: ScrapeAlternative, { metrics }: WorkerAppSpec, paint: Paint): string[] {
  const { strategy, monitor, endpoints = '-', service = '-' } = way;
  const costs = [way.jobs, way.targets, way.relabelings, way.droppedTargets, way.iptablesRules];
  const cells = [strategy, monitor, endpoints, service, ...costs.map(String)];
  return isChosen(way, metrics)
    ? [paint('good', 'chosen'), ...cells.map((cell) => paint('good', cell))]
    : ['', ...cells];
}
