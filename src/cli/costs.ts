import { Command } from 'commander';
import type { Values } from '../values/parse-values.js';
import { readValues } from '../values/read-values.js';
import { totalLine } from '../worker-app/scraping/recommendation-line.js';
import { applicationCosts, costsDocument } from './application-costs.js';
import { outputFolder, valuesPaths, type Environment, type Finish } from './command.js';
import { costsTable } from './costs-table.js';
import {
  environmentOption,
  formatOption,
  printsItsResult,
  setOption,
  valuesOption,
  type Format,
} from './options.js';
import { printDocument, printFailure } from './print-diagnostics.js';
import { surroundingsIn } from './surroundings-in.js';
import { paintFor } from './terminal/paint.js';
import { printMessage, printResult } from './terminal/print.js';

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
        .map((each) => applicationCosts(each, surroundingsOf(each)));
      if (format === 'json') printDocument([], { applications: applications.map(costsDocument) });
      else if (applications.length === 0) printMessage('no WorkerApp in these values');
      else {
        const scraped = applications.filter(({ recommendation }) => recommendation !== undefined);
        const parts = applications.map((each) => costsTable(each, paint));
        if (scraped.length > 1)
          parts.push(
            totalLine(
              scraped.flatMap(({ recommendation }) => recommendation ?? []),
              new Set(scraped.map(({ spec }) => spec.name)).size,
            ),
          );
        printResult(parts.join('\n\n'));
      }
    });
}

function isWorkerApp(values: Values): values is Values<'WorkerApp'> {
  return values.kind === 'WorkerApp';
}
