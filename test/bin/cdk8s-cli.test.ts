import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { filesIn, temporaryFolder, writeFiles } from '../an-output-folder.js';
import { ROOT, run } from '../run-command.js';

// `npx cdk8s synth`, as the README has it. The CLI empties its output folder first: never the repository's own here.

const root = temporaryFolder();

function cdk8sSynth(output: string, env: Readonly<Record<string, string>> = {}) {
  return run(
    path.join(ROOT, 'node_modules/.bin/cdk8s'),
    ['synth', '--check-upgrade=false', '--output', output],
    { env },
  );
}

test('cdk8s synth gives the bytes of the committed dist/', () => {
  const output = path.join(root, 'dist');
  expect(cdk8sSynth(output)).toMatchObject({ exitCode: 0 });
  expect(filesIn(output)).toEqual(filesIn(path.join(ROOT, 'dist')));
});

test('cdk8s synth fails with the problems where there are some', () => {
  mkdirSync(path.join(root, 'values'));
  writeFiles(root, { 'values/shop.yaml': 'name: shop\nimage: example/shop\nworkers: 0\n' });
  const { exitCode, stdout, stderr } = cdk8sSynth(path.join(root, 'out'), {
    WORKER_METRICS_VALUES: path.join(root, 'values'),
  });
  expect(exitCode).not.toBe(0);
  expect(stdout + stderr).toContain(
    `${root}/values/shop.yaml:3: workers: expected a whole number from 1 to 100, got 0\n1 problem; nothing was written\n`,
  );
});
