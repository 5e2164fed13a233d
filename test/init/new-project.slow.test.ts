import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, temporaryFolder, writeFiles } from '../an-output-folder.js';
import { packed } from '../packed.js';
import { run, succeeded } from '../run-command.js';

// A user's first hour with npm alone: no clone, only the tarball.

const root = temporaryFolder();
const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund'];

/** `npx --package=<tarball> worker-metrics init …`. npx keeps what it installs in the cache, so it has one of its own. */
function init(cwd: string, ...args: readonly string[]) {
  const npx = ['--yes', `--package=${packed().tarball}`, 'worker-metrics', 'init', ...args];
  return succeeded(run('npx', npx, { cwd, env: { npm_config_cache: path.join(root, 'npx-cache') } }));
}

/** Runs a command in a project. The user's own cdk8s CLI looks for upgrades; without network it prints an error. */
function inProject(cwd: string, command: string) {
  const [file = '', ...args] = command.split(' ');
  return run(file, args, { cwd, env: { CDK8S_CHECK_UPGRADE: 'false' } });
}

beforeAll(() => void packed());

describe('a new project', () => {
  const project = path.join(root, 'shop');

  beforeAll(() => {
    init(root, 'shop', '--image', 'registry.example.com/shop:2.4.1', '--workers', '8', '--port', '5000');
    succeeded(run('npm', INSTALL, { cwd: project }));
  });

  test('contains the tarball, which its package.json names', () => {
    const { devDependencies } = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const tarball = path.basename(packed().tarball);
    const { 'cdk8s-worker-metrics': own, ...others } = devDependencies;
    expect(own).toBe(`file:vendor/${tarball}`);
    for (const version of Object.values(others)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(readFileSync(path.join(project, 'vendor', tarball))).toEqual(readFileSync(packed().tarball));
  });

  test('has a values file whose first line leads to the schema', () => {
    const [, schema = ''] =
      /^# yaml-language-server: \$schema=(\S+)\n/.exec(
        readFileSync(path.join(project, 'values/shop.yaml'), 'utf8'),
      ) ?? [];
    expect(JSON.parse(readFileSync(path.join(project, 'values', schema), 'utf8'))).toHaveProperty('$schema');
  });

  test('gives manifests with npx cdk8s synth; diff, trace and npm test then pass', () => {
    succeeded(inProject(project, 'npx cdk8s synth'));
    expect(filesIn(path.join(project, 'dist'))).toEqual({
      'shop.k8s.yaml': expect.stringContaining('metrics-8') as string,
    });
    expect(inProject(project, 'npx worker-metrics diff')).toMatchObject({
      exitCode: 0,
      stdout: 'dist: 1 file up to date\n',
    });
    expect(inProject(project, 'npx worker-metrics trace')).toMatchObject({ exitCode: 0 });
    expect(inProject(project, 'npm test')).toMatchObject({ exitCode: 0 });
  });

  test('fails its npm test when a value changed and the manifests did not', () => {
    const values = path.join(project, 'values/shop.yaml');
    const before = readFileSync(values, 'utf8');
    writeFileSync(values, before.replace('workers: 8', 'workers: 9'));
    const { exitCode, stdout } = inProject(project, 'npm test');
    writeFileSync(values, before);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('differs from the values') as string]);
  });

  test('installs on another machine: its lockfile names no folder outside of it', () => {
    const lockfile = readFileSync(path.join(project, 'package-lock.json'), 'utf8');
    expect(lockfile).toContain('"resolved": "file:vendor/');
    expect(lockfile).not.toContain(root);
    expect(lockfile).not.toContain('file:..');
  });
});

test('a new project in TypeScript gives manifests with npx cdk8s synth, and its types are right', () => {
  init(root, 'blog', '--yes', '--typescript');
  const project = path.join(root, 'blog');
  succeeded(run('npm', INSTALL, { cwd: project }));
  succeeded(inProject(project, 'npx cdk8s synth'));
  expect(filesIn(path.join(project, 'dist'))).toEqual({
    'blog.k8s.yaml': expect.stringContaining('kind: ServiceMonitor') as string,
  });
  expect(inProject(project, 'npm test')).toMatchObject({ exitCode: 0 });
});

test('an existing folder becomes a project by the commands that init prints, and its files stay', () => {
  const project = path.join(root, 'existing');
  mkdirSync(project);
  const theirs = { 'README.md': '# Ours\n', '.gitignore': 'node_modules\n', 'main.js': '' };
  writeFiles(project, {
    ...theirs,
    'package.json': '{ "name": "existing", "version": "1.0.0", "dependencies": {} }\n',
  });

  const { stderr } = init(project, '--yes');
  const next = /^Next:\n {2}(npm install .*)\n {2}(npx cdk8s synth)\n/m.exec(stderr)?.slice(1) ?? [];
  expect(next).toHaveLength(2);
  for (const command of next) succeeded(inProject(project, command));
  expect(filesIn(path.join(project, 'dist'))).toHaveProperty(['existing.k8s.yaml']);
  expect(inProject(project, 'npx worker-metrics diff')).toMatchObject({ exitCode: 0 });
  expect(filesIn(project)).toMatchObject(theirs);
});
