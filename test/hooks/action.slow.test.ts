import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../an-output-folder.js';
import { ROOT } from '../run-command.js';
import { writeProject } from './a-project.js';
import { compositeAction, runAction } from './composite-action.js';

// action.yml, in the repository of a user.

const root = temporaryFolder();
const action = compositeAction(path.join(ROOT, 'action.yml'));
const INSTALLED = { install: 'false' };

let repository: string;
beforeEach(() => {
  repository = path.join(root, 'repository');
  writeProject(repository);
});
afterEach(() => rmSync(repository, { recursive: true, force: true }));

function runIn(inputs: Readonly<Record<string, string>>) {
  return runAction(action, { action: ROOT, repository, inputs, scripts: root });
}

const exitCodes = (ran: ReturnType<typeof runIn>) => ran.map(({ name, exitCode }) => [name, exitCode]);

test('the action passes when the manifests are up to date and every worker is scraped', () => {
  expect(exitCodes(runIn(INSTALLED))).toEqual([
    ['The manifests are up to date', 0],
    ['Prometheus scrapes every worker', 0],
  ]);
});

test('the action annotates a manifest that differs, fails, and traces all the same', () => {
  writeFileSync(path.join(repository, 'values/shop.yaml'), 'name: shop\nimage: a/b:2\nworkers: 2\n');
  const ran = runIn(INSTALLED);
  expect(exitCodes(ran)).toEqual([
    ['The manifests are up to date', 1],
    ['Prometheus scrapes every worker', 0],
  ]);
  expect(ran[0]?.stdout).toContain('::error file=dist/shop.k8s.yaml::differs');
});

test('the action annotates a worker that is not scraped, and fails', () => {
  const manifest = path.join(repository, 'dist/shop.k8s.yaml');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll('port: metrics-2', 'port: metrics-3'));
  const [, trace] = runIn(INSTALLED);
  expect([trace?.exitCode, trace?.stdout]).toEqual([
    1,
    expect.stringContaining('::error file=dist/shop.k8s.yaml') as string,
  ]);
});

test('with strict, warnings fail, too', () => {
  const manifest = path.join(repository, 'dist/shop.k8s.yaml');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('type: ClusterIP', 'type: LoadBalancer'));
  const traced = (inputs: Readonly<Record<string, string>>) =>
    runIn({ ...INSTALLED, diff: 'false', ...inputs });
  expect(exitCodes(traced({}))).toEqual([['Prometheus scrapes every worker', 0]]);
  expect(exitCodes(traced({ strict: 'true' }))).toEqual([['Prometheus scrapes every worker', 1]]);
});

test('the action runs in a subfolder, and annotations name paths from the root of the repository', () => {
  const folder = "deploy/the 'shop' $(touch created)";
  mkdirSync(path.join(repository, folder), { recursive: true });
  writeProject(path.join(repository, folder));
  writeFileSync(path.join(repository, folder, 'values/shop.yaml'), 'name: shop\nimage: a/b:1\nworkers: 0\n');
  const [diff] = runIn({ ...INSTALLED, 'working-directory': folder });
  expect(diff?.stdout).toContain(
    `::error file=${folder}/values/shop.yaml,line=3,col=10,endColumn=11,title=workers::`,
  );
});

test('the action installs the packages first, and stops when that fails', () => {
  writeFileSync(path.join(repository, 'package-lock.json'), '{ "lockfileVersion": 3');
  const ran = runIn({});
  expect(ran.map(({ name }) => name)).toEqual(['npm ci']);
  expect(ran[0]?.exitCode).not.toBe(0);
});

test('the action names the fix when the package is not installed', () => {
  rmSync(path.join(repository, 'node_modules'), { recursive: true });
  for (const { exitCode, stdout } of runIn(INSTALLED))
    expect([exitCode, stdout]).toEqual([
      2,
      `::error::cdk8s-worker-metrics is not installed in ${repository}; run npm ci there first\n`,
    ]);
});

test('the action gives inputs to the shell by the environment only', () => {
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
});
