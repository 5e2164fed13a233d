import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { filesIn, temporaryFolder, writeFiles } from '../an-output-folder.js';
import { ROOT, run, workerMetrics } from '../run-command.js';

// `npx cdk8s synth`, as the README has it. The CLI empties its output folder first: never the repository's own here.

const root = temporaryFolder();

const CDK8S = path.join(ROOT, 'node_modules/.bin/cdk8s');

function cdk8sSynth(output: string, env: Readonly<Record<string, string>> = {}) {
  return run(CDK8S, ['synth', '--check-upgrade=false', '--output', output], { env });
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
  const output = stdout + stderr;
  expect(output).toContain(
    `${root}/values/shop.yaml:3: workers: expected a whole number from 1 to 100, got 0\n`,
  );
  expect(output).toContain('\n1 problem; nothing was written\n');
});

describe('the folder that the cdk8s CLI empties', () => {
  const SHOP = 'name: shop\nimage: example/shop:1\nworkers: 1\n';
  const EMPTIED = 'the cdk8s CLI emptied this folder first; "npx worker-metrics synth" does not do that';

  /** A project with values of two applications, and their manifests. */
  function project(name: string) {
    const cwd = path.join(root, name);
    mkdirSync(cwd);
    writeFiles(cwd, { 'values/shop.yaml': SHOP, 'values/blog.yaml': SHOP.replaceAll('shop', 'blog') });
    copyFileSync(path.join(ROOT, 'cdk8s.yaml'), path.join(cwd, 'cdk8s.yaml'));
    symlinkSync(path.join(ROOT, 'bin'), path.join(cwd, 'bin'));
    workerMetrics(['synth'], { cwd });
    const synth = (args: readonly string[], env?: Readonly<Record<string, string>>) =>
      run(CDK8S, ['synth', '--check-upgrade=false', ...args], { cwd, ...(env && { env }) });
    return { synth, manifests: () => Object.keys(filesIn(path.join(cwd, 'dist'))) };
  }

  test('is not emptied by --stdout', () => {
    const { synth, manifests } = project('stdout');
    const { exitCode, stdout } = synth(['--stdout']);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('kind: Deployment')]);
    expect(manifests()).toEqual(['blog.k8s.yaml', 'shop.k8s.yaml']);
  });

  test('is named where a narrowed run would have kept the other manifests', () => {
    const { synth, manifests } = project('narrowed');
    const { exitCode, stderr } = synth([], { WORKER_METRICS_VALUES: 'values/shop.yaml' });
    expect([exitCode, manifests()]).toEqual([0, ['shop.k8s.yaml']]);
    expect(stderr).toContain(`dist: ${EMPTIED}: it contains only the manifests of these values\n`);
  });

  test('is named where the values have problems', () => {
    const { synth } = project('problems');
    const { exitCode, stderr } = synth([], { WORKER_METRICS_VALUES: 'nowhere' });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(`dist: ${EMPTIED}; restore it from git\n`);
  });
});
