import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from './cluster/eventually.js';
import { GRACEFUL, INTERVAL, RunningApplication } from './cluster/running-application.js';

type Exporter = 'app' | 'gunicorn';

/** Seconds in which every target must be up again, beside those that workers take to boot on this machine. */
const RECOVERY = GRACEFUL + 2 * INTERVAL;

let application: RunningApplication;
let bootSeconds: number;

/** What the table in docs/choosing-the-exporter.md shows: event, exporter, targets up after it. */
const measured: string[] = [];

afterEach(() => application.end());
afterAll(() =>
  console.info(`| event | exporter | targets up after |\n| --- | --- | --- |\n${measured.join('\n')}`),
);

async function start(exporter: Exporter, gunicorn: object = {}): Promise<number[]> {
  application = await RunningApplication.start({
    metrics: { exporter },
    gunicorn: { gracefulTimeout: GRACEFUL, ...gunicorn },
  });
  const begin = Date.now();
  const processes = await eventually(60, () => application.expectAllUp());
  bootSeconds = (Date.now() - begin) / 1000;
  return processes;
}

function measure(event: string, exporter: Exporter, up: number): void {
  measured.push(`| ${event} | ${exporter} | ${up} of ${application.workers} |`);
}

/** All targets are up again, each served by a process that is none of the old ones. */
async function recovered(event: string, exporter: Exporter, old: readonly number[]): Promise<number[]> {
  const processes = await eventually(RECOVERY + bootSeconds, async () => {
    const serving = await application.expectAllUp();
    expect(serving.filter((pid) => old.includes(pid))).toEqual([]);
    return serving;
  });
  measure(event, exporter, processes.length);
  return processes;
}

/** Gives every worker a request that lasts; resolves once none is left to answer another. */
async function keepEveryWorkerBusy(seconds: number): Promise<{ answered: Promise<number[]> }> {
  const answers = Array.from({ length: application.workers }, () =>
    application.request(`/slow/?seconds=${seconds}`),
  );
  await eventually(seconds, async () =>
    expect(await application.request('/health/', { within: 0.3 })).toBe(0),
  );
  return { answered: Promise.all(answers) };
}

const allAnswered = () => Array.from({ length: application.workers }, () => 200);

describe.each(['app', 'gunicorn'] as const)(
  'with metrics.exporter: %s, every target is up again',
  (exporter) => {
    test('after kill -9 of a worker', async () => {
      const [worker = 0] = await start(exporter);

      process.kill(worker, 'SIGKILL');

      await recovered('kill -9 of a worker', exporter, [worker]);
    });

    test('after workers were replaced by max_requests, under load', async () => {
      const before = await start(exporter, { maxRequests: 20, maxRequestsJitter: 10 });

      const statuses = new Set<number>();
      await eventually(30, async () => {
        const answers = await Promise.all(Array.from({ length: 10 }, () => application.request('/')));
        for (const status of answers) statuses.add(status);
        expect(application.metricsProcesses().filter((pid) => before.includes(pid))).toEqual([]);
      });

      await recovered('max_requests under load', exporter, before);
      expect([...statuses]).toEqual([200]);
    });
  },
);

describe('with metrics.exporter: gunicorn, every target is up again', () => {
  test('after HUP while every worker has a request in flight', async () => {
    const before = await start('gunicorn');
    const { answered } = await keepEveryWorkerBusy(3);

    application.pod.master.signal('SIGHUP');

    await recovered('HUP, every worker busy', 'gunicorn', before);
    expect(await answered).toEqual(allAnswered());
  });

  test('after USR2 and the end of the old master', async () => {
    const before = await start('gunicorn');
    const { master } = application.pod;

    master.signal('SIGUSR2');
    await eventually(10, () =>
      expect(application.pod.log).toMatch(
        /Booting worker[^]*Reexec|Handling signal: usr2[^]*Booting worker/i,
      ),
    );
    master.signal('SIGTERM');

    await recovered('USR2', 'gunicorn', before);
  });

  test('after a worker more than there are ports came and went (TTIN, TTOU)', async () => {
    const before = await start('gunicorn');

    application.pod.master.signal('SIGTTIN');
    await eventually(15, () => expect(application.pod.log).toMatch(/has had no metrics port for/));
    expect(await application.expectAllUp()).toEqual(before);
    application.pod.master.signal('SIGTTOU');

    // gunicorn ends its oldest worker; the one that had no port takes over
    const [oldest = 0] = before.toSorted((a, b) => a - b);
    await recovered('TTIN, then TTOU', 'gunicorn', [oldest]);
  });

  test('after a worker died while a manage.py command ran in the pod', async () => {
    const [worker = 0] = await start('gunicorn');

    const command = application.pod.spawn(
      'manage.py',
      'shell',
      '--command',
      'import time; print("started"); time.sleep(60)',
    );
    await eventually(15, () => expect(command.text).toContain('started'));
    process.kill(worker, 'SIGKILL');

    const after = await recovered('kill -9 while manage.py runs', 'gunicorn', [worker]);
    expect(after).not.toContain(command.pid);
    await command.end();
  });
});

// What django-prometheus does is asserted here as the reason for the other exporter: it asks for a port once.
describe('with metrics.exporter: app, workers stay without a port', () => {
  /** So many targets are up, and it stays so while workers could still look for a port. */
  async function settledAt(up: number, event: string): Promise<void> {
    await eventually(RECOVERY + bootSeconds, async () => {
      expect(await application.prometheus.value('sum(up)')).toBe(up);
      expect(application.metricsProcesses()).toHaveLength(up);
    });
    measure(event, 'app', up);
  }

  const refusals = () => application.pod.log.match(/no available ports/g) ?? [];

  test('all of them, after HUP while every worker has a request in flight', async () => {
    await start('app');
    const { answered } = await keepEveryWorkerBusy(3);

    application.pod.master.signal('SIGHUP');
    await answered;
    await eventually(RECOVERY + bootSeconds, () => expect(refusals()).toHaveLength(application.workers));

    await settledAt(0, 'HUP, every worker busy');
  });

  test('all of them, after USR2 and the end of the old master', async () => {
    await start('app');
    const { master } = application.pod;

    master.signal('SIGUSR2');
    await eventually(RECOVERY + bootSeconds, () => expect(refusals()).toHaveLength(application.workers));
    master.signal('SIGTERM');

    await settledAt(0, 'USR2');
  });

  test('one of them, after a worker more than there are ports came and went (TTIN, TTOU)', async () => {
    await start('app');

    application.pod.master.signal('SIGTTIN');
    await eventually(RECOVERY + bootSeconds, () => expect(refusals()).toHaveLength(1));
    application.pod.master.signal('SIGTTOU');

    await settledAt(application.workers - 1, 'TTIN, then TTOU');
  });
});
