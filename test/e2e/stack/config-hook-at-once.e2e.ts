import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../cluster/eventually.js';
import { Program } from '../cluster/program.js';
import { HookPlace } from './hook-place.js';

/** The same for everyone; CI looks for new moments. */
const SEED = process.env['CI'] ? Date.now() % 2 ** 31 : 10;

let place: HookPlace;
beforeEach(async () => (place = await HookPlace.make()));
afterEach(() => place.end());

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A commit with rules in many files, which take a while to write and to remove. */
function commitRules(number: number): string {
  const rules = Array.from({ length: 50 }, (_, i) => [
    `rules/${number}/${i}.yaml`,
    `groups: [{ name: g, rules: [{ record: r${i}, expr: vector(${number}) }] }]\n`,
  ]);
  return place.repository.commit({
    ...Object.fromEntries(rules),
    'prometheus.yml': `rule_files: [rules/${number}/*.yaml]\nscrape_configs: []\n`,
  });
}

test(`killed 200 times while a branch moves on and is set back, no release is partial, and every commit can come into force (seed ${SEED})`, async () => {
  const random = numbers(SEED);
  const commits = [1, 2, 3, 4].map(commitRules);
  const any = () => commits[Math.floor(random() * commits.length)] ?? '';
  const begin = Date.now();
  for (const commit of commits) expect(place.run(commit).status).toBe(0);
  const duration = (Date.now() - begin) / commits.length;
  for (let kills = 0; kills < 200; kills++) {
    const hook = place.begin(any());
    await pause(random() * duration);
    await hook.end();
    expect({ kills, partial: place.partialReleases() }).toEqual({ kills, partial: [] });
    expect(place.current).toMatch(/^releases\//);
  }
  for (const commit of [...commits, ...commits.toReversed()]) {
    expect(place.run(commit).stderr).toContain(`commit ${commit} is in force`);
    expect(place.current).toBe(`releases/${commit}`);
    expect(place.partialReleases()).toEqual([]);
  }
});

test('of two runs at once, each waits for the other, and the release of one is in force', async () => {
  const commits = [1, 2].map((number) => place.commitJob(`job-${number}`));
  for (const commit of commits) place.repository.worktree(commit);
  for (let pair = 0; pair < 40; pair++) {
    const hooks = commits.map((commit) => place.begin(commit));
    await Promise.all(hooks.map((hook) => hook.ended()));
    for (const [i, hook] of hooks.entries()) expect(hook.text).toContain(`${commits[i]} is in force`);
    expect(commits.map((commit) => `releases/${commit}`)).toContain(place.current);
    expect(place.partialReleases()).toEqual([]);
    place.checkCurrent();
  }
});

test('a run that cannot have the lock in time fails, says why, and changes nothing', async () => {
  const [before, after] = [place.commitJob('before'), place.commitJob('after')];
  expect(place.run(before).status).toBe(0);
  const lock = place.pod.at('/config/lock');
  const holder = new Program('sh', ['-c', `exec 9>>${lock}; socat -u OPEN:/dev/null FD:9,flock-ex; echo locked; sleep 60`]); // prettier-ignore
  try {
    await eventually(() => expect(holder.text).toContain('locked'));
    const result = place.run(after, { LOCK_TIMEOUT: '0.2' });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain(`cannot lock ${lock}; another run of this hook is at work`);
    expect(place.current).toBe(`releases/${before}`);
  } finally {
    await holder.end();
  }
  // a killed holder leaves no lock behind
  expect(place.run(after).status).toBe(0);
});
