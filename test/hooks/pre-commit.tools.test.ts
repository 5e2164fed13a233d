import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../an-output-folder.js';
import { needTools, PRE_COMMIT } from '../e2e/stack/tools.js';
import { ROOT, run, succeeded } from '../run-command.js';
import { writeProject } from './a-project.js';

// .pre-commit-hooks.yaml, with the real pre-commit, in the repository of a user.

needTools(PRE_COMMIT, 'git');

const root = temporaryFolder();
const hooks = path.join(root, 'hooks');
const project = path.join(root, 'project');

/** Makes a repository of all files in a folder. */
function commit(cwd: string): void {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  succeeded(run('git', ['init', '--quiet'], { cwd }));
  succeeded(run('git', ['add', '--all', '--force'], { cwd }));
  succeeded(run('git', [...identity, 'commit', '--quiet', '--message', 'all'], { cwd }));
}

function preCommit(...args: readonly string[]) {
  return run(PRE_COMMIT, ['try-repo', hooks, ...args], {
    cwd: project,
    env: { PRE_COMMIT_HOME: path.join(root, 'pre-commit') },
  });
}

beforeAll(() => {
  for (const name of ['.pre-commit-hooks.yaml', 'hooks'])
    cpSync(path.join(ROOT, name), path.join(hooks, name), { recursive: true });
  commit(hooks);
});
beforeEach(() => {
  writeProject(project);
  commit(project);
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

test('both hooks pass when the manifests are up to date', () => {
  const { exitCode, stdout } = preCommit('--all-files');
  expect([exitCode, stdout.match(/\.\.\.Passed/g)]).toEqual([0, ['...Passed', '...Passed']]);
});

test('the diff hook fails when a value changed and the manifest did not, and shows the difference', () => {
  writeFileSync(path.join(project, 'values/shop.yaml'), 'name: shop\nimage: a/b:2\nworkers: 2\n');
  const { exitCode, stdout } = preCommit('--files', 'values/shop.yaml');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('dist/shop.k8s.yaml differs\n');
  expect(stdout).toContain('"a/b:1" → "a/b:2"\n');
  expect(stdout).toContain('1 file differs from the values; run synth and commit\n');
});

test('the hooks do not run for files that no manifest depends on', () => {
  writeFileSync(path.join(project, 'README.md'), 'text');
  expect(preCommit('--files', 'README.md').stdout.match(/\(no files to check\)Skipped/g)).toHaveLength(2);
});

test('the hooks name the fix when the package is not installed', () => {
  rmSync(path.join(project, 'node_modules'), { recursive: true });
  const { exitCode, stdout } = preCommit('--all-files');
  expect([exitCode, stdout]).toEqual([
    1,
    expect.stringContaining(
      `cdk8s-worker-metrics is not installed in ${project}; run npm ci there first\n`,
    ) as string,
  ]);
});

/** Runs a hook by the configuration of a user. */
function runHook(hook: object, ...args: readonly string[]) {
  const rev = succeeded(run('git', ['rev-parse', 'HEAD'], { cwd: hooks })).stdout.trim();
  const config = { repos: [{ repo: hooks, rev, hooks: [{ id: 'worker-metrics-diff', ...hook }] }] };
  writeFileSync(path.join(project, '.pre-commit-config.yaml'), JSON.stringify(config)); // JSON is YAML
  succeeded(run('git', ['add', '.pre-commit-config.yaml'], { cwd: project }));
  return run(PRE_COMMIT, ['run', ...args], {
    cwd: project,
    env: { PRE_COMMIT_HOME: path.join(root, 'pre-commit') },
  });
}

test('the hooks take the folder of the project as an argument', () => {
  const folder = path.join(project, 'deploy');
  writeProject(folder);
  writeFileSync(path.join(folder, 'values/shop.yaml'), 'name: shop\nimage: a/b:9\nworkers: 2\n');
  const { exitCode, stdout } = runHook({ args: ['-C', 'deploy'] }, '--files', 'deploy/values/shop.yaml');
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('"a/b:1" → "a/b:9"') as string]);
});

test('always_run checks a commit that only deletes a manifest, too', () => {
  succeeded(run('git', ['rm', '--quiet', 'dist/shop.k8s.yaml'], { cwd: project }));
  expect(runHook({}).stdout).toContain('(no files to check)Skipped');
  const { exitCode, stdout } = runHook({ always_run: true });
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('dist/shop.k8s.yaml is missing') as string]);
});
