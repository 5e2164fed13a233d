import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
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

describe('beside a Prometheus', () => {
  test('what it refuses to load, though promtool does not, is switched back', async () => {
    const [before, after] = [commitJob('before'), commitJob('after')];
    const prometheus = await Listener.answering(200);
    try {
      expect((await hookBeside(prometheus, before)).text).toContain(`commit ${before} is in force`);
      prometheus.status = { reload: 500 };
      const hook = await hookBeside(prometheus, after);
      expect(hook.text).toContain('Prometheus refuses to load it (500)');
      expect(hook.text).toContain(`commit ${after} is not in force; what was before it still is`);
      expect(prometheus.requests.slice(-3)).toEqual([
        `GET /-/ready releases/${before}`,
        `POST /-/reload releases/${after}`,
        `POST /-/reload releases/${before}`,
      ]);
      expect(current()).toBe(`releases/${before}`);
    } finally {
      prometheus.end();
    }
  });

  test('what it refuses before it has loaded any by a reload is switched back, too', async () => {
    const [before, after] = [commitJob('before'), commitJob('after')];
    expect(runHook(before, repository.worktree(before)).status).toBe(0);
    const prometheus = await Listener.answering(200);
    try {
      prometheus.status = { reload: 500 };
      await hookBeside(prometheus, after);
      expect(current()).toBe(`releases/${before}`);
      expect((await hookBeside(prometheus, after)).text).toContain('Prometheus has refused to load it');
    } finally {
      prometheus.end();
    }
  });

  test('what it has refused is not tried again before the pod starts anew', async () => {
    const [before, after] = [commitJob('before'), commitJob('after')];
    const prometheus = await Listener.answering(200);
    try {
      await hookBeside(prometheus, before);
      prometheus.status = { reload: 500 };
      await hookBeside(prometheus, after);
      prometheus.status = {};
      expect((await hookBeside(prometheus, after)).text).toContain('Prometheus has refused to load it');
      expect(current()).toBe(`releases/${before}`);
      spawnSync(pod.at(HOOK), ['first', 'false'], { env: pod.hookEnv(after) });
      expect((await hookBeside(prometheus, after)).text).toContain(`commit ${after} is in force`);
    } finally {
      prometheus.end();
    }
  });

  test('that does not answer a reload in time, the link goes back too', async () => {
    const [before, after] = [commitJob('before'), commitJob('after')];
    const prometheus = await Listener.answering(200);
    try {
      await hookBeside(prometheus, before);
      prometheus.status = { reload: 'never' };
      const hook = await hookBeside(prometheus, after, { RELOAD_TIMEOUT: '1' });
      expect(hook.text).toContain('Prometheus does not answer');
      expect(current()).toBe(`releases/${before}`);
    } finally {
      prometheus.end();
    }
  });

  test('that starts, the commit waits, so that it starts with what it has loaded before', async () => {
    const [before, after] = [commitJob('before'), commitJob('after')];
    const prometheus = await Listener.answering(200);
    try {
      await hookBeside(prometheus, before);
      prometheus.status = { ready: 503 };
      const hook = await hookBeside(prometheus, after);
      expect(hook.text).toContain('Prometheus is not ready; the commit waits until it is');
      expect(prometheus.requests.at(-1)).toBe(`GET /-/ready releases/${before}`);
      // what it starts with needs no reload
      expect((await hookBeside(prometheus, before)).text).toContain(`commit ${before} is in force`);
    } finally {
      prometheus.end();
    }
  });

  test('that never loaded any, it is given the newest valid one to start with', async () => {
    const commit = commitJob('one');
    const prometheus = await Listener.answering(200);
    prometheus.end();
    const hook = await hookBeside(prometheus, commit);
    expect(hook.text).toContain('Prometheus does not answer');
    expect(hook.text).toContain(`commit ${commit} is not in force; Prometheus reads it when it starts`);
    expect(current()).toBe(`releases/${commit}`);
  });

  test('that refuses a commit, killed before any one of its steps, a start finds what was loaded before', async () => {
    const [before, after] = [commitJob('before'), commitJob('after')];
    const worktree = repository.worktree(after);
    const tools = mkdtempSync(path.join(tmpdir(), 'steps-'));
    const prometheus = await Listener.answering(200);
    try {
      const { env, steps } = killBefore(tools);
      await hookBeside(prometheus, before);
      prometheus.status = { reload: 500 };
      let killed = 0;
      for (let ended = false; !ended; killed++) {
        rmSync(pod.at(`/config/releases/${after}`), { recursive: true, force: true });
        writeFileSync(steps, '');
        const hook = await hookBeside(prometheus, after, env(killed + 1), worktree);
        ended = hook.text.includes('is not in force');
        expect(spawnSync(pod.at(HOOK), ['first', 'false'], { env: pod.hookEnv(after) }).status).toBe(0);
        expect(current()).toBe(`releases/${before}`);
      }
      expect(killed).toBeGreaterThan(8);
    } finally {
      prometheus.end();
      rmSync(tools, { recursive: true, force: true });
    }
  });

  test('only the last of old releases is kept', async () => {
    const prometheus = await Listener.answering(200);
    try {
      for (const job of ['one', 'two', 'three', 'four']) await hookBeside(prometheus, commitJob(job));
      expect(readdirSync(pod.at('/config/releases'))).toHaveLength(2);
    } finally {
      prometheus.end();
    }
  });
});

test('a commit that names the link by its path is refused: another release would be validated', () => {
  const commit = repository.commit({
    'prometheus.yml': `rule_files: ["${pod.at('/config/current')}/rules/*.yaml"]\n`,
  });
  const result = runHook(commit, repository.worktree(commit));
  expect(result.status).toBe(1);
  expect(result.stderr).toContain(
    `prometheus.yml names ${pod.at('/config/current')}; write paths relative to the file that names them`,
  );
});

test('a comment may name the link', () => {
  const commit = repository.commit({
    'prometheus.yml': `  # was ${pod.at('/config/current')}/rules.yml\nscrape_configs: []\n`,
  });
  expect(runHook(commit, repository.worktree(commit)).status).toBe(0);
});

test('while it waits for a first configuration, the end of the pod is the end of it', async () => {
  // the first process of a container, which no signal ends that it does not handle
  const container = ['--user', '--map-root-user', '--pid', '--fork', pod.at(HOOK), 'first', 'false'];
  const waiting = new Program('unshare', container, { env: pod.hookEnv('0') });
  await eventually(10, () => expect(waiting.text).toContain('waiting for a first valid configuration'));
  const children = readFileSync(`/proc/${waiting.pid}/task/${waiting.pid}/children`, 'utf8');
  process.kill(Number(children), 'SIGTERM');
  await eventually(3, () => expect(waiting.hasEnded).toBe(true));
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

/** What a Prometheus answers, which the tests decide. */
class Listener {
  status: { readonly ready?: number; readonly reload?: number | 'never' } = {};
  /** What was asked, and what Prometheus would have read then. */
  readonly requests: string[] = [];

  static async answering(otherwise: number): Promise<Listener> {
    const listener = new Listener(otherwise);
    await new Promise<void>((resolve) => listener.server.listen(0, '127.0.0.1', resolve));
    listener.address = `127.0.0.1:${(listener.server.address() as AddressInfo).port}`;
    return listener;
  }

  address = '';
  private readonly server: Server;

  private constructor(otherwise: number) {
    this.server = createServer((request, response) => {
      this.requests.push(`${request.method} ${request.url} ${current()}`);
      const { ready = otherwise, reload = otherwise } = this.status;
      const status = request.url === '/-/ready' ? ready : reload;
      if (status === 'never') return;
      response.statusCode = status;
      response.end('as the test says');
    });
  }

  end(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Runs the hook beside a server of this process, which must be free to answer. */
async function hookBeside(
  { address }: Listener,
  commit: string,
  env: NodeJS.ProcessEnv = {},
  worktree = repository.worktree(commit),
): Promise<Program> {
  const hook = new Program(pod.at(HOOK), [], {
    cwd: worktree,
    env: { ...pod.hookEnv(commit), ...env, PROMETHEUS_ADDRESS: address },
  });
  await eventually(20, () => expect(hook.hasEnded).toBe(true));
  return hook;
}
