import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { synthesize } from '../../charts/synthesize.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { scrapeAlternatives } from '../../src/worker-app/scraping/scrape-alternatives.js';
import { parseValues } from '../../src/values/parse-values.js';
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
])('the table of costs for %i workers in each of %i pods is what the code computes', (workers, pods) => {
  const [, , ...rows] = tableAfter(`${workers} workers in each of ${pods} pods:`);

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

const examples = Array.from(
  text.matchAll(/^```yaml\n# (values\/[-\w]+\.yaml)\n(.*?)^```$/gms),
  ([, file = '', yaml = '']) => ({
    file,
    text: yaml,
  }),
);

test('there are examples', () => {
  expect(examples).toHaveLength(2);
});

test.each(examples)('$file is synthesized without a problem', (example) => {
  const { values, problems } = parseValues([example]);

  expect(problems.map(formatDiagnostic)).toEqual([]);
  expect([...synthesize(values)].flatMap(({ findings }) => findings)).toEqual([]);
});

test('every file that it links to is there', () => {
  const links = Array.from(text.matchAll(/\]\(([^)#]+)\)/g), ([, link = '']) =>
    path.resolve(path.dirname(FILE), link),
  );

  expect(links.filter((file) => !existsSync(file))).toEqual([]);
});
