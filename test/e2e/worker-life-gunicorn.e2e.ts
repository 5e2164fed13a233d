import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { eventually } from './cluster/eventually.js';
import { LASTING_REQUESTS, testDeathAndReplacement, WorkerLife } from './cluster/worker-life.js';

const life = new WorkerLife('gunicorn');

testDeathAndReplacement(life);

/** The workers that have logged that they have no port. Each says it again after a while. */
const withoutPort = () =>
  new Set(life.application.pod.log.match(/worker \d+ has had no metrics port for/g) ?? []);

describe('with metrics.exporter: gunicorn, every target is up again', () => {
  test('after HUP while every worker has a request in flight', async () => {
    const before = await life.start(LASTING_REQUESTS);
    const requests = await life.keepEveryWorkerBusy();

    life.application.pod.master.signal('SIGHUP');
    await eventually(() => expect(withoutPort().size).toBe(before.length));
    for (const request of requests) expect(await request.release()).toBe('HTTP/1.1 200 OK');

    await life.recovered('HUP, every worker busy', before);
  });

  test('after USR2 and the end of the old master', async () => {
    const before = await life.start();
    const { master } = life.application.pod;

    master.signal('SIGUSR2');
    await eventually(() =>
      expect(life.application.pod.log).toMatch(
        /Booting worker[^]*Reexec|Handling signal: usr2[^]*Booting worker/i,
      ),
    );
    master.signal('SIGTERM');

    await life.recovered('USR2', before);
  });

  test('after a worker more than there are ports came and went (TTIN, TTOU)', async () => {
    const before = await life.start();

    life.application.pod.master.signal('SIGTTIN');
    await eventually(() => expect(withoutPort().size).toBe(1));
    expect(await eventually(() => life.application.expectAllUp())).toEqual(before);
    life.application.pod.master.signal('SIGTTOU');

    // gunicorn ends its oldest worker, which need not have the lowest pid; the one that had no port takes over
    const ended = await eventually(() => {
      const gone = before.filter((pid) => !existsSync(`/proc/${pid}`));
      expect(gone).toHaveLength(1);
      return gone;
    });
    await life.recovered('TTIN, then TTOU', ended);
  });

  test('after a worker died while a manage.py command ran in the pod', async () => {
    const [worker = 0] = await life.start();

    const command = life.application.pod.spawn(
      'manage.py',
      'shell',
      '--command',
      'import time; print("started"); time.sleep(60)',
    );
    await eventually(() => expect(command.text).toContain('started'));
    process.kill(worker, 'SIGKILL');

    const after = await life.recovered('kill -9 while manage.py runs', [worker]);
    expect(after).not.toContain(command.pid);
    await command.end();
  });
});
