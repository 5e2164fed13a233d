import { readFileSync } from 'node:fs';
import path from 'node:path';
import { scrapeAlternatives } from '../../src/worker-app/scraping/scrape-alternatives.js';
import { ROOT } from '../run-command.js';

const FILE = path.join(ROOT, 'docs/choosing-how-to-scrape.md');
const text = readFileSync(FILE, 'utf8');

/** The table as cells, however its columns are aligned. */
function tableAfter(heading: string): string[][] {
  const [, rest = ''] = text.split(`${heading}\n\n`);
  const [table = ''] = rest.split('\n\n');
  return table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test.each([
  [5, 3],
  [50, 10],
])('the table of costs for %i workers in each of %i pods has the computed costs', (workers, pods) => {
  const [, , ...rows] = tableAfter(`${workers} workers in each of ${pods} pods, alone in their namespace:`);

  expect(rows).toEqual(
    scrapeAlternatives(workers, pods).map(({ strategy, monitor, endpoints = '', service = '', ...costs }) => [
      strategy,
      monitor,
      endpoints,
      service,
      ...[costs.jobs, costs.targets, costs.relabelings, costs.droppedTargets, costs.iptablesRules].map(
        String,
      ),
    ]),
  );
});
