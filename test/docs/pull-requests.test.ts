import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { Workplace } from '../cli/command-line.js';
import { blocksOf, commandLinesIn } from './pages.js';

interface Workflow {
  readonly jobs: { readonly manifests: { readonly steps: readonly { readonly run?: string }[] } };
}

const [text = '', , , commenting = ''] = blocksOf('docs/pull-requests.md').map((block) => block.text);
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

test('the workflow of the page passes where the manifests are what the values give', async () => {
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
