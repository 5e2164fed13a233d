import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { workerMetricsProgram } from '../../src/cli/program.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';
import { Workplace } from '../cli/command-line.js';
import { ROOT } from '../run-command.js';
import type { Source } from '../../src/values/files/sources.js';
import { commandLinesIn, examplesOf, linksIn, PAGES, textOf, type Example } from './pages.js';

const examples = PAGES.flatMap(examplesOf);
const shown = examples.filter(({ run }) => run !== undefined);
const values = examples.filter(({ file, run }) => file.startsWith('values/') && run === undefined);

test('pages have values files, and commands with their output', () => {
  expect(values.length).toBeGreaterThan(10);
  expect(shown.length).toBeGreaterThan(2);
});

/** The Defaults that a page shows hold for its applications. */
function withDefaults({ page, file, text }: Example): Source[] {
  const shared = examplesOf(page).filter((one) => isDefaults(one) && one.file !== file);
  return [...shared, { file, text }];
}

const isDefaults = ({ text }: Example) => /^kind: Defaults$/m.test(text);

test.each(values.filter((one) => !isDefaults(one)))(
  '$page: $file is valid and passes the checks',
  async (example) => {
    const { values: documents, problems } = parseValues(withDefaults(example));

    expect(problems.map(formatDiagnostic)).toEqual([]);
    const synthesized = [...synthesize(documents, await chartsFor(documents))];
    expect(synthesized.flatMap(({ errors }) => errors)).toEqual([]);
  },
);

test.each(shown)('$page: the command after $file prints the output that is shown', async (example) => {
  const { run } = example;
  const place = new Workplace();
  try {
    for (const { file, text } of withDefaults(example)) place.write(file, text);
    const { stdout, stderr } = await place.runInside(...(run?.args ?? []));
    expect(`${stdout}${stderr}`).toBe(run?.output);
  } finally {
    place.remove();
  }
});

const withCommands = [...PAGES, 'examples/github-actions/deploy.yaml'];

test.each(withCommands.flatMap((page) => commandLinesIn(textOf(page)).map((args) => ({ page, args }))))(
  '$page: the command line is valid: $args',
  async ({ args }) => {
    const program = (await workerMetricsProgram(COMMANDS, {}, () => {})).exitOverride();
    for (const command of program.commands) command.exitOverride().action(() => {});
    expect(() => program.parse(args, { from: 'user' })).not.toThrow();
  },
);

test.each(PAGES)('%s links to files and headings that exist', (page) => {
  expect(linksIn(textOf(page)).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

test.each(PAGES)('%s names npm scripts that exist', (page) => {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: object;
  };
  const named = Array.from(textOf(page).matchAll(/npm (?:run ([\w:-]+)|(test)\b)/g), ([, a, b]) => a ?? b);

  expect(named.filter((name = '') => !(name in scripts))).toEqual([]);
});

test('every page in docs is in the index', () => {
  const index = textOf('docs/README.md');
  const pages = PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');

  expect(pages.filter((page) => !index.includes(`](${path.basename(page)}`))).toEqual([]);
});

test('the index names each task once, in one table', () => {
  const rows = textOf('docs/README.md').match(/^\|.*/gm) ?? [];
  const tasks = rows.map((row) => row.split('|')[1]?.trim());

  expect(tasks).toEqual([...new Set(tasks)]);
  expect(textOf('docs/README.md')).not.toMatch(/^ +\|/m); // a table in a list, which a merge leaves behind
});

test('the README is at most 180 lines', () => {
  expect(textOf('README.md').split('\n').length - 1).toBeLessThanOrEqual(180);
});

function leadsSomewhere(page: string, link: string): boolean {
  const [target = '', anchor] = link.split('#');
  const file = target === '' ? page : path.join(path.dirname(page), target);
  if (!existsSync(path.join(ROOT, file))) return false;
  if (anchor === undefined) return true;
  return statSync(path.join(ROOT, file)).isFile() && anchorsOf(file).includes(anchor);
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): string[] {
  return Array.from(textOf(page).matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
