import { describe, expect, test } from '@jest/globals';
import { eventually } from './cluster/eventually.js';
import { LASTING_REQUESTS, testDeathAndReplacement, WorkerLife } from './cluster/worker-life.js';

const life = new WorkerLife('app');

testDeathAndReplacement(life);

// What django-prometheus does is asserted here as the reason for the other exporter: it asks for a port once.
describe('with metrics.exporter: app, workers stay without a port', () => {
  const refusals = () => life.application.pod.log.match(/no available ports/g) ?? [];

  test('all of them, after HUP while every worker has a request in flight', async () => {
    await life.start(LASTING_REQUESTS);
    const requests = await life.keepEveryWorkerBusy();

    life.application.pod.master.signal('SIGHUP');
    await eventually(() => expect(refusals()).toHaveLength(life.application.workers));
    for (const request of requests) expect(await request.release()).toBe('HTTP/1.1 200 OK');

    await life.settledAt(0, 'HUP, every worker busy');
  });

  test('all of them, after USR2 and the end of the old master', async () => {
    await life.start();
    const { master } = life.application.pod;

    master.signal('SIGUSR2');
    await eventually(() => expect(refusals()).toHaveLength(life.application.workers));
    master.signal('SIGTERM');

    await life.settledAt(0, 'USR2');
  });

  test('one of them, after a worker more than there are ports came and went (TTIN, TTOU)', async () => {
    await life.start();

    life.application.pod.master.signal('SIGTTIN');
    await eventually(() => expect(refusals()).toHaveLength(1));
    life.application.pod.master.signal('SIGTTOU');

    await life.settledAt(life.application.workers - 1, 'TTIN, then TTOU');
  });
});
