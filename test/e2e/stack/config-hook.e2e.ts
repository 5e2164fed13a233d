import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { eventually } from '../cluster/eventually.js';
import { Program, run } from '../cluster/program.js';
import { HookPlace } from './hook-place.js';
import { KilledSteps } from './killed-steps.js';
import { needTools } from './tools.js';

let place: HookPlace;
beforeEach(async () => (place = await HookPlace.make()));
afterEach(() => place.end());

test('the hook is clean shell', () => {
  needTools('shellcheck');
  run('shellcheck', ['-x', '-a', 'src/stack/prometheus-server/config-hook.sh', 'scripts/e2e-tools.sh']);
});

test('killed before any one of its steps, it leaves a valid configuration, and the next run puts the commit in force', () => {
  const [before, after] = [place.commitJob('before'), place.commitJob('after')];
  const steps = new KilledSteps();
  try {
    let killed = 0;
    for (let ended = false; !ended; killed++) {
      rmSync(place.pod.at('/config'), { recursive: true });
      mkdirSync(place.pod.at('/config'));
      expect(place.run(before).status).toBe(0);

      const result = place.run(after, steps.before(killed + 1));
      ended = result.status === 0;
      expect([`releases/${before}`, `releases/${after}`]).toContain(place.current);
      place.checkCurrent();

      expect(place.run(after).status).toBe(0);
      expect(place.current).toBe(`releases/${after}`);
    }
    // write, move into place, link, switch, remove the old ones: fewer would mean that nothing was killed
    expect(killed).toBeGreaterThan(8);
  } finally {
    steps.end();
  }
});

test('of a worktree that git-sync has begun to remove, the release is the whole commit', () => {
  const commit = place.repository.commit({ 'prometheus.yml': '{}', 'rules/one.yaml': 'groups: []\n' });
  rmSync(`${place.repository.worktree(commit)}/rules/one.yaml`);
  expect(place.run(commit).status).toBe(0);
  expect(place.partialReleases()).toEqual([]);
});

test('a commit that git cannot read any more is refused', () => {
  const result = place.run(place.commitJob('one'), { GITSYNC_HASH: '0'.repeat(40) });
  expect(result.status).toBe(1);
  expect(result.stderr).toContain('git cannot read the commit');
  expect(result.stderr).not.toContain('invalid');
});

test('a promtool that comes to no verdict is not one that finds a commit invalid', () => {
  const killed = place.pod.at('/tools/killed');
  writeFileSync(killed, '#!/bin/sh\nkill -9 $$\n', { mode: 0o755 });
  const result = place.run(place.commitJob('one'), { PROMTOOL: killed });
  expect(result.status).toBe(1);
  expect(result.stderr).toContain(
    'promtool has come to no verdict (exit code 137; 137: killed, most often for want of memory)',
  );
  expect(result.stderr).not.toContain('invalid');
});

test('while it waits for a first configuration, the end of the pod is the end of it', async () => {
  // the first process of a container, which no signal ends that it does not handle
  const env = { ...place.pod.hookEnv('0'), RETRY_SECONDS: '3600' };
  const container = ['--user', '--map-root-user', '--pid', '--fork', place.hook, 'first', 'false'];
  const waiting = new Program('unshare', container, { env });
  await eventually(() => expect(waiting.text).toContain('waiting for a first valid configuration'));
  const children = readFileSync(`/proc/${waiting.pid}/task/${waiting.pid}/children`, 'utf8');
  process.kill(Number(children), 'SIGTERM');
  await waiting.ended();
});
