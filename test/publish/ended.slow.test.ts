import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from '../an-output-folder.js';
import { COMMAND, workerMetrics } from '../run-command.js';
import { BareRepository, OURS } from './bare-repository.js';

const root = temporaryFolder();
const dist = path.join(root, 'dist');
const TMPDIR = path.join(root, 'tmp');
let remote: BareRepository;

beforeEach(() => {
  remote = new BareRepository();
  for (const folder of [dist, TMPDIR]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(dist, 'a.k8s.yaml'), OURS);
});
afterEach(() => {
  remote.remove();
  rmSync(TMPDIR, { recursive: true });
});

const args = () => ['publish', '--repo', remote.url, '--branch', 'main', '--output', dist, '--prune'];
const clones = () => readdirSync(TMPDIR);
const published = () => workerMetrics(args(), { env: { TMPDIR } });

/** A run that waits in its push, until the file `go` is in the repository. */
async function waiting(): Promise<ChildProcess> {
  const at = (name: string) => path.join(remote.url, name);
  remote.hook(
    'pre-receive',
    `touch pushing; for i in $(seq 6000); do test -d ${remote.url} && ! test -e go || break; sleep 0.05; done`,
  );
  const child = spawn(process.execPath, [COMMAND, ...args()], {
    env: { ...process.env, TMPDIR },
    stdio: 'ignore',
  });
  while (!existsSync(at('pushing')) && child.exitCode === null) await pause(20);
  expect(clones()).toHaveLength(1);
  return child;
}

const end = async (child: ChildProcess, signal: NodeJS.Signals) => {
  const ended = new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
  child.kill(signal);
  return ended;
};

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a run that %s ends removes its temporary clone, and ends by that signal',
  async (signal) => {
    expect(await end(await waiting(), signal)).toBe(signal);
    expect(clones()).toEqual([]);
  },
);

test('the temporary clone of a killed run is removed by the next, that of a running one is not', async () => {
  const running = await waiting();
  const [ofRunning] = clones();
  rmSync(path.join(remote.url, 'pushing'));
  const killed = spawn(process.execPath, [COMMAND, ...args()], {
    env: { ...process.env, TMPDIR },
    stdio: 'ignore',
    detached: true,
  });
  while (!existsSync(path.join(remote.url, 'pushing')) && killed.exitCode === null) await pause(20);
  expect(clones()).toHaveLength(2);
  // With its git, as when a container ends: it would still write to the remote when the test removes it.
  const ended = once(killed, 'exit');
  process.kill(-(killed.pid ?? 0), 'SIGKILL');
  await ended;
  writeFileSync(path.join(remote.url, 'go'), '');

  expect(published().stderr).toMatch(/^main: /);
  expect(clones().filter((name) => name !== ofRunning)).toEqual([]);
  await new Promise((resolve) => (running.exitCode === null ? running.once('exit', resolve) : resolve(0)));
  expect(running.exitCode).toBe(0);
  expect(clones()).toEqual([]);
});
