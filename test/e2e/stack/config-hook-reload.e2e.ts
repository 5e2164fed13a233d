import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { eventually } from '../cluster/eventually.js';
import { HookPlace } from './hook-place.js';
import { KilledSteps } from './killed-steps.js';
import { StandInPrometheus } from './stand-in-prometheus.js';

let place: HookPlace;
let prometheus: StandInPrometheus;

beforeEach(async () => {
  place = await HookPlace.make();
  prometheus = await StandInPrometheus.start(() => place.current);
});

afterEach(async () => {
  prometheus.end();
  await place.end();
});

describe('beside a Prometheus', () => {
  test('a configuration that it refuses to load, though promtool does not, is switched back', async () => {
    const [before, after] = [place.commitJob('before'), place.commitJob('after')];
    expect((await place.runBeside(prometheus, before)).text).toContain(`commit ${before} is in force`);
    prometheus.status = { reload: 500 };
    const hook = await place.runBeside(prometheus, after);
    expect(hook.text).toContain('Prometheus refuses to load it (500)');
    expect(hook.text).toContain(`commit ${after} is not in force; the one before it still is`);
    expect(prometheus.requests.slice(-3)).toEqual([
      `GET /-/ready releases/${before}`,
      `POST /-/reload releases/${after}`,
      `POST /-/reload releases/${before}`,
    ]);
    expect(place.current).toBe(`releases/${before}`);
  });

  test('a configuration that it refuses before any reload is switched back, too', async () => {
    const [before, after] = [place.commitJob('before'), place.commitJob('after')];
    expect(place.run(before).status).toBe(0);
    prometheus.status = { reload: 500 };
    await place.runBeside(prometheus, after);
    expect(place.current).toBe(`releases/${before}`);
    expect((await place.runBeside(prometheus, after)).text).toContain('Prometheus has refused to load it');
  });

  test('a refused configuration is not tried again before the pod starts anew', async () => {
    const [before, after] = [place.commitJob('before'), place.commitJob('after')];
    await place.runBeside(prometheus, before);
    prometheus.status = { reload: 500 };
    await place.runBeside(prometheus, after);
    prometheus.status = {};
    expect((await place.runBeside(prometheus, after)).text).toContain('Prometheus has refused to load it');
    expect(place.current).toBe(`releases/${before}`);
    place.start(after);
    expect((await place.runBeside(prometheus, after)).text).toContain(`commit ${after} is in force`);
  });

  test('that does not answer a reload in time, the link goes back too', async () => {
    const [before, after] = [place.commitJob('before'), place.commitJob('after')];
    await place.runBeside(prometheus, before);
    prometheus.status = { reload: 'never' };
    const hook = await place.runBeside(prometheus, after, { RELOAD_TIMEOUT: '1' });
    expect(hook.text).toContain('Prometheus does not answer');
    expect(place.current).toBe(`releases/${before}`);
  });

  test('that starts, the commit waits, so that it starts with what it has loaded before', async () => {
    const [before, after] = [place.commitJob('before'), place.commitJob('after')];
    await place.runBeside(prometheus, before);
    prometheus.status = { ready: 503 };
    const hook = await place.runBeside(prometheus, after);
    expect(hook.text).toContain('Prometheus is not ready; the commit waits until it is');
    expect(prometheus.requests.at(-1)).toBe(`GET /-/ready releases/${before}`);
    // what it starts with needs no reload
    expect((await place.runBeside(prometheus, before)).text).toContain(`commit ${before} is in force`);
  });

  test('that does not run, the last good one and the newest take turns', async () => {
    const [before, after] = [place.commitJob('before'), place.commitJob('after')];
    await place.runBeside(prometheus, before);
    prometheus.end();
    const hook = await place.runBeside(prometheus, after);
    expect(hook.text).toContain('Prometheus is not ready; the commit waits until it is');
    expect(place.current).toBe(`releases/${before}`);

    const turns = { FIRST_TURN: '2' };
    await eventually(async () => {
      const { text } = await place.runBeside(prometheus, after, turns);
      expect(text).toContain('Prometheus does not start with the last good configuration');
      expect(text).toContain(`commit ${after} is not in force; Prometheus reads it when it starts`);
    });
    expect(place.current).toBe(`releases/${after}`);
    await eventually(async () => {
      await place.runBeside(prometheus, after, turns);
      expect(place.current).toBe(`releases/${before}`);
    });
  });

  test('whose last good one promtool finds invalid by now, it is never given that again', async () => {
    const [before, after] = [place.commitJob('before'), place.commitJob('after')];
    await place.runBeside(prometheus, before);
    writeFileSync(place.pod.at(`/config/releases/${before}/prometheus.yml`), 'nonsense: 1\n');
    place.run(after);
    prometheus.status = { ready: 503, reload: 'never' };
    const hook = await place.runBeside(prometheus, after, { RELOAD_TIMEOUT: '1' });
    expect(hook.text).toContain(`commit ${after} is not in force; Prometheus reads it when it starts`);
    expect(place.current).toBe(`releases/${after}`);
    expect(place.start(after)).toBe(0);
    expect(place.current).toBe(`releases/${after}`);
  });

  test('that never loaded any, it is given the newest valid one to start with', async () => {
    const commit = place.commitJob('one');
    prometheus.end();
    const hook = await place.runBeside(prometheus, commit);
    expect(hook.text).toContain('Prometheus does not answer');
    expect(hook.text).toContain(`commit ${commit} is not in force; Prometheus reads it when it starts`);
    expect(place.current).toBe(`releases/${commit}`);
  });

  test('that refuses a commit, killed before any one of its steps, a start finds what was loaded before', async () => {
    const [before, after] = [place.commitJob('before'), place.commitJob('after')];
    const steps = new KilledSteps();
    try {
      await place.runBeside(prometheus, before);
      prometheus.status = { reload: 500 };
      let killed = 0;
      for (let ended = false; !ended; killed++) {
        rmSync(place.pod.at(`/config/releases/${after}`), { recursive: true, force: true });
        const hook = await place.runBeside(prometheus, after, steps.before(killed + 1));
        ended = hook.text.includes('is not in force');
        expect(place.start(after)).toBe(0);
        expect(place.current).toBe(`releases/${before}`);
      }
      expect(killed).toBeGreaterThan(8);
    } finally {
      steps.end();
    }
  });

  test('only the last of old releases is kept', async () => {
    for (const job of ['one', 'two', 'three', 'four'])
      await place.runBeside(prometheus, place.commitJob(job));
    expect(readdirSync(place.pod.at('/config/releases'))).toHaveLength(2);
  });
});
