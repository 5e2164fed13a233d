import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Program, run } from '../cluster/program.js';
import { eventually } from '../cluster/eventually.js';
import { addTool, PrometheusPod } from './prometheus-pod.js';
import { Repository } from './repository.js';
import { needTools, SOPS } from './tools.js';

const URL = 'https://git.example.com/monitoring/configuration.git';
const HOOK = '/hook/config-hook.sh';

let repository: Repository;
let pod: PrometheusPod;

beforeEach(async () => {
  needTools('promtool', 'git', 'socat');
  repository = new Repository(URL, 'main');
  pod = await PrometheusPod.of(
    { name: 'prometheus', git: { repository: URL, branch: 'main' } },
    repository.env,
  );
});

afterEach(async () => {
  await pod.end();
  repository.end();
});

const current = () => readlinkSync(pod.at('/config/current'));
const isValid = () => run('promtool', ['check', 'config', pod.at('/config/current/prometheus.yml')]);
const commitJob = (job: string) =>
  repository.commit({ 'prometheus.yml': `scrape_configs: [{ job_name: ${job} }]\n` });

function runHook(commit: string, worktree: string, env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  // in a process group of its own, which can be killed as a whole
  return spawnSync('setsid', ['--wait', pod.at(HOOK)], {
    cwd: worktree,
    env: { ...pod.hookEnv(commit), ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
}

test('the hook is clean shell', () => {
  needTools('shellcheck');
  run('shellcheck', ['src/prometheus-server/config-hook.sh', 'scripts/e2e-tools.sh']);
});

test('killed before any one of its steps, it leaves a valid configuration, and the next run puts the commit in force', () => {
  const [before, after] = [commitJob('before'), commitJob('after')];
  const worktrees = new Map([before, after].map((commit) => [commit, repository.worktree(commit)]));
  const tools = mkdtempSync(path.join(tmpdir(), 'steps-'));
  try {
    const { env, steps } = killBefore(tools);
    let killed = 0;
    for (let ended = false; !ended; killed++) {
      rmSync(pod.at('/config'), { recursive: true });
      mkdirSync(pod.at('/config'));
      expect(runHook(before, worktrees.get(before) ?? '').status).toBe(0);

      writeFileSync(steps, '');
      const result = runHook(after, worktrees.get(after) ?? '', env(killed + 1));
      ended = result.status === 0;
      expect([`releases/${before}`, `releases/${after}`]).toContain(current());
      isValid();

      expect(runHook(after, worktrees.get(after) ?? '').status).toBe(0);
      expect(current()).toBe(`releases/${after}`);
    }
    // copy, clean, move into place, link, switch, remove the old ones: fewer would mean that nothing was killed
    expect(killed).toBeGreaterThan(8);
  } finally {
    rmSync(tools, { recursive: true, force: true });
  }
});

/** Stands before each program that the hook runs, counts, and kills the hook in place of the chosen one. */
function killBefore(folder: string) {
  const steps = path.join(folder, 'steps');
  for (const name of ['cp', 'ln', 'mkdir', 'mv', 'readlink', 'rm']) {
    const real = run('which', [name]).trim();
    const script = `#!/bin/sh\necho ${name} >> ${steps}\n[ "$(wc -l < ${steps})" -ne "$KILL_AT" ] || kill -9 0\nexec ${real} "$@"\n`;
    writeFileSync(path.join(folder, name), script, { mode: 0o755 });
  }
  const env = (step: number): NodeJS.ProcessEnv => ({
    PATH: `${folder}:${process.env['PATH']}`,
    KILL_AT: String(step),
  });
  return { env, steps };
}

test('what Prometheus refuses to load, though promtool does not, is switched back', async () => {
  const [before, after] = [commitJob('before'), commitJob('after')];
  const [first, second] = [repository.worktree(before), repository.worktree(after)];
  expect(runHook(before, first).status).toBe(0);
  const reloads: string[] = [];
  const server = await answering(500, (request) => reloads.push(`${request} ${current()}`));
  try {
    const hook = await hookWith(server, after, second);
    expect(hook.text).toContain('Prometheus refuses to load it (500)');
    expect(hook.text).toContain(`commit ${after} is not in force; what was before it still is`);
    expect(reloads).toEqual([`POST /-/reload releases/${after}`, `POST /-/reload releases/${before}`]);
    expect(current()).toBe(`releases/${before}`);
  } finally {
    server.close();
  }
});

test('where Prometheus does not answer the hook fails, so that git-sync runs it again', async () => {
  const commit = commitJob('one');
  const server = await answering(200, () => undefined);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const result = runHook(commit, repository.worktree(commit), { PROMETHEUS_ADDRESS: `127.0.0.1:${port}` });
  expect(result.status).toBe(1);
  expect(result.stderr).toContain('Prometheus does not answer; it reads the configuration when it starts');
  expect(current()).toBe(`releases/${commit}`);
});

test('of old releases only the last is kept', () => {
  for (const job of ['one', 'two', 'three', 'four']) {
    const commit = commitJob(job);
    expect(runHook(commit, repository.worktree(commit)).status).toBe(0);
  }
  expect(
    run('ls', [pod.at('/config/releases')])
      .trim()
      .split('\n'),
  ).toHaveLength(2);
});

describe('encrypted files', () => {
  const encrypted = () => {
    needTools(SOPS, 'age-keygen');
    const keys = run('age-keygen', []);
    const recipient = /age1[a-z0-9]+/.exec(keys)?.[0] ?? '';
    const plain = path.join(pod.folder, 'password');
    writeFileSync(plain, 'open sesame');
    const text = run(SOPS, ['--encrypt', '--age', recipient, '--input-type', 'binary', plain]);
    addTool(pod, 'sops', SOPS);
    const env = { SOPS: pod.at('/tools/sops'), SOPS_AGE_KEY_FILE: path.join(pod.folder, 'keys.txt') };
    writeFileSync(env.SOPS_AGE_KEY_FILE, keys);
    const commit = repository.commit({
      'secrets/password.sops.txt': text,
      'prometheus.yml':
        'scrape_configs: [{ job_name: one, basic_auth: { username: a, password_file: secrets/password.txt } }]\n',
    });
    return { commit, worktree: repository.worktree(commit), env };
  };

  test('are decrypted before the configuration is validated, which refers to what they become', () => {
    const { commit, worktree, env } = encrypted();
    const result = runHook(commit, worktree, env);
    expect(result.stderr).toContain(`commit ${commit} is in force`);
    expect(readFileSync(pod.at('/config/current/secrets/password.txt'), 'utf8')).toBe('open sesame');
    expect(existsSync(pod.at('/config/current/secrets/password.sops.txt'))).toBe(false);
  });

  test('that another key encrypted leave the last good configuration in force', () => {
    const good = commitJob('good');
    expect(runHook(good, repository.worktree(good)).status).toBe(0);
    const { commit, worktree, env } = encrypted();
    writeFileSync(env.SOPS_AGE_KEY_FILE, run('age-keygen', []));
    const result = runHook(commit, worktree, env);
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('cannot decrypt');
    expect(current()).toBe(`releases/${good}`);
  });
});

async function answering(status: number, seen: (request: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    seen(`${request.method} ${request.url}`);
    response.statusCode = status;
    response.end('as the test says');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Runs the hook beside a server of this process, which must be free to answer. */
async function hookWith(server: Server, commit: string, worktree: string): Promise<Program> {
  const { port } = server.address() as AddressInfo;
  const env = { ...pod.hookEnv(commit), PROMETHEUS_ADDRESS: `127.0.0.1:${port}` };
  const hook = new Program(pod.at(HOOK), [], { cwd: worktree, env });
  await eventually(20, () => expect(hook.hasEnded).toBe(true));
  return hook;
}
