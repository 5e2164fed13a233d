import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from '../run-command.js';
import { Workplace } from '../cli/command-line.js';
import { blocksOf, commandLinesIn, textOf } from './pages.js';

interface Workflow {
  readonly jobs: { readonly manifests: { readonly steps: readonly { readonly run?: string }[] } };
}

const yamlBlocks = blocksOf('docs/pull-requests.md').filter(({ language }) => language === 'yaml');
const startingWith = (line: string) => yamlBlocks.find((block) => block.text.startsWith(line))?.text ?? '';

const text = startingWith('# .github/workflows/manifests.yaml');
const commenting = startingWith('# .github/workflows/comment.yaml');
const { steps } = (load(text) as Workflow).jobs.manifests;
const commands = commandLinesIn(steps.map(({ run }) => `run: ${run}`).join('\n'));

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

async function runAll() {
  const runs = [];
  for (const command of commands) runs.push(await place.runInside(...command));
  return runs;
}

test('the workflow of the page passes if the manifests are those of the values', async () => {
  place.write('values/shop.yaml', 'name: shop\nimage: a/b:1\nworkers: 2\n');
  await place.runInside('synth');
  const runs = await runAll();
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(runs.map(({ stdout }) => stdout).join('')).not.toContain('::');
});

test('the workflow of the page annotates manifests that differ, and fails', async () => {
  const file = place.write('values/shop.yaml', 'name: shop\nimage: a/b:1\nworkers: 2\n');
  await place.runInside('synth');
  place.write(file.slice(place.folder.length + 1), 'name: shop\nimage: a/b:2\nworkers: 2\n');
  const [diff, trace] = await runAll();
  expect([diff?.exitCode, trace?.exitCode]).toEqual([1, 0]);
  expect(diff?.stdout).toContain('::error file=dist/shop.k8s.yaml::');
});

test('the workflow for a comment writes one', async () => {
  place.write('values/shop.yaml', 'name: shop\nimage: a/b:1\nworkers: 2\n');
  const [command = [], ...others] = commandLinesIn(commenting);
  expect([command, others]).toEqual([['diff', '--output', '../base/dist', '--format', 'markdown'], []]);
  expect((await place.runInside(...command)).stdout).toMatch(/^<!-- worker-metrics diff -->\n/);
});

const repositoryFile = (name: string) => load(readFileSync(path.join(ROOT, name), 'utf8'));

test('the page gives the action inputs that it has, with the defaults that it has', () => {
  const { inputs } = repositoryFile('action.yml') as { inputs: Record<string, { default: string }> };
  const rows = textOf('docs/pull-requests.md').matchAll(/^\| `([a-z-]+)` +\| .* \| `([^`]+)` +\|$/gm);
  expect(Array.from(rows, ([, name, value]) => [name, value])).toEqual(
    Object.entries(inputs).map(([name, input]) => [name, input.default]),
  );
  const used = yamlBlocks.flatMap(({ text }) => /uses: OWNER\/.*\n +with: (.*)/.exec(text)?.[1] ?? []);
  expect(used.map((given) => Object.keys(load(given) as object))).toEqual([['strict']]);
});

test('the page names each hook for pre-commit', () => {
  const hooks = repositoryFile('.pre-commit-hooks.yaml') as { id: string }[];
  const { repos } = load(startingWith('# .pre-commit-config.yaml')) as {
    repos: { hooks: { id: string }[] }[];
  };
  expect(repos[0]?.hooks.map(({ id }) => id)).toEqual(hooks.map(({ id }) => id));
});
