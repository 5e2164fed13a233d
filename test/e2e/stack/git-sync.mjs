#!/usr/bin/env node
// A stand-in for git-sync v4, which is released as an image alone: the path of its Go module has no /v4, so that no v4 of
// it can be installed. What the hook and the alerts rely on is done as its source has it (main.go, pkg/hook): worktrees by
// commit under <root>/.worktrees, a link that is moved by rename, old worktrees removed at once; the exechook without
// arguments, in the worktree, with GITSYNC_HASH, at the start and for each new commit, again after the backoff while it
// fails; --one-time ends with the hook's result; the same metrics. Before each sync it empties a root that git cannot use,
// because a git-sync that is killed leaves one.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const KNOWN = new Set([
  'repo', 'ref', 'root', 'link', 'period', 'depth', 'submodules', 'max-failures', 'exechook-command',
  'exechook-timeout', 'exechook-backoff', 'ssh-key-file', 'ssh-known-hosts', 'ssh-known-hosts-file', 'username',
  'password-file', 'http-bind', 'http-metrics', 'one-time',
]); // prettier-ignore

const flags = Object.fromEntries(
  process.argv.slice(2).map((arg) => {
    const [, name, value = 'true'] = /^--([a-z-]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (!KNOWN.has(name)) throw new Error(`unknown flag: ${arg}`);
    return [name, value];
  }),
);
const seconds = (name) => Number(/^([0-9.]+)s$/.exec(flags[name])[1]) * 1000;
const log = (text) => console.error(`git-sync: ${text}`);
const git = (...args) => execFileSync('git', ['-C', flags.root, ...args], { encoding: 'utf8' });

const counts = new Map();
const count = (series) => counts.set(series, (counts.get(series) ?? 0) + 1);
const syncs = (status) => count(`git_sync_count_total{status="${status}"}`);
const hooks = (status) => count(`git_sync_hook_run_count_total{name="exechook",status="${status}"}`);

const inRoot = (...names) => path.join(flags.root, ...names);
const worktree = (hash) => inRoot('.worktrees', hash);

/** Whether git can work in the root: sanityCheckRepo in main.go. */
function isUsable() {
  try {
    git('fsck', '--no-progress', '--connectivity-only');
    // A git that was killed while it fetched leaves it; until it is gone, every fetch fails.
    return (
      git('rev-parse', '--show-toplevel').trim() === flags.root && !existsSync(inRoot('.git/shallow.lock'))
    );
  } catch {
    return false;
  }
}

/** Brings the newest commit; tells its hash, and whether it is new. */
function sync() {
  const link = inRoot(flags.link);
  if (!isUsable()) {
    for (const name of readdirSync(flags.root)) rmSync(inRoot(name), { recursive: true, force: true });
    git('init', '--quiet');
  }
  git('fetch', '--quiet', `--depth=${flags.depth}`, flags.repo, flags.ref);
  const hash = git('rev-parse', 'FETCH_HEAD^{}').trim();
  if (existsSync(link) && path.basename(readlinkSync(link)) === hash) return { hash, changed: false };
  git('worktree', 'prune');
  rmSync(worktree(hash), { recursive: true, force: true });
  git('worktree', 'add', '--quiet', '--force', '--force', '--detach', worktree(hash), hash);
  rmSync(`${link}.new`, { force: true });
  symlinkSync(path.join('.worktrees', hash), `${link}.new`);
  renameSync(`${link}.new`, link);
  for (const old of readdirSync(inRoot('.worktrees')))
    if (old !== hash) rmSync(worktree(old), { recursive: true, force: true });
  return { hash, changed: true };
}

function runHook(hash) {
  return new Promise((resolve) => {
    const child = spawn(flags['exechook-command'], [], {
      cwd: worktree(hash),
      env: { ...process.env, GITSYNC_HASH: hash },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: seconds('exechook-timeout'),
      killSignal: 'SIGKILL',
    });
    child.on('error', (error) => resolve(String(error)));
    child.on('exit', (code, signal) => resolve(code === 0 ? undefined : `exit ${code ?? signal}`));
  });
}

let wanted;
let wake = () => {};
let firstRunEnded;
const firstRun = new Promise((resolve) => (firstRunEnded = resolve));

async function hookLoop() {
  let done;
  for (;;) {
    if (wanted === done) await new Promise((resolve) => (wake = resolve));
    const hash = wanted;
    const failure = await runHook(hash);
    hooks(failure === undefined ? 'success' : 'error');
    firstRunEnded(failure === undefined);
    if (failure === undefined) done = hash;
    else {
      log(`hook failed: ${failure}`);
      await pause(seconds('exechook-backoff'));
    }
  }
}

async function syncLoop() {
  for (let first = true; ;) {
    try {
      const { hash, changed } = sync();
      if (changed || first) {
        wanted = hash;
        wake();
      }
      syncs(changed || first ? 'success' : 'noop');
      first = false;
      if (flags['one-time']) process.exit((await firstRun) ? 0 : 1);
    } catch (error) {
      log(`error syncing repo, will retry: ${error.message}`);
      syncs('error');
    }
    await pause(seconds('period'));
  }
}

if (flags['http-bind']) {
  const [, host, port] = /^(.*):([0-9]+)$/.exec(flags['http-bind']);
  createServer((request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end([...counts].map(([series, value]) => `${series} ${value}\n`).join(''));
  }).listen(Number(port), host || undefined);
}
mkdirSync(flags.root, { recursive: true });
void hookLoop();
await syncLoop();
