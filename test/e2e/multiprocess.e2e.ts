import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { eventually } from './cluster/eventually.js';
import { listeners } from './cluster/listeners.js';
import { RunningApplication } from './cluster/running-application.js';

const REQUESTS = 'sum(django_http_requests_total_by_method_total)';
const WORKERS = 3;

let application: RunningApplication;

afterEach(() => application.end());

async function start(gunicorn: object = {}): Promise<void> {
  application = await RunningApplication.start({
    workers: WORKERS,
    metrics: { strategy: 'multiprocess' },
    gunicorn: { gracefulTimeout: 5, ...gunicorn },
  });
  await eventually(async () => {
    const targets = await application.prometheus.targets();
    expect(targets.map(({ health, labels }) => [health, labels['endpoint']])).toEqual([['up', 'metrics']]);
    expect(workers()).toHaveLength(WORKERS);
  });
}

/** The processes that serve requests: gunicorn's children that have loaded the application, but for that of the sums. */
function workers(): number[] {
  const children = readFileSync(`/proc/${master()}/task/${master()}/children`, 'utf8');
  const sums = sumsProcess();
  return children
    .split(' ')
    .map(Number)
    .filter((pid) => pid !== 0 && pid !== sums && files().includes(`counter_${pid}.db`));
}

/** gunicorn's master; start.sh becomes it. */
function master(): number {
  return application.pod.master.pid;
}

function sumsProcess(): number | undefined {
  return listeners([application.port + 1]).get(application.port + 1);
}

function folder(): string {
  const environment = readFileSync(`/proc/${master()}/environ`, 'utf8').split('\0');
  const variable = environment.find((entry) => entry.startsWith('PROMETHEUS_MULTIPROC_DIR='));
  return variable?.split('=')[1] ?? '';
}

function files(): string[] {
  return readdirSync(folder()).filter((file) => path.extname(file) === '.db');
}

/** Requests counted so far by Prometheus; 0 while there was none. */
async function counted(): Promise<number> {
  const [series] = await application.prometheus.query(REQUESTS);
  return series?.value ?? 0;
}

async function expectCounted(requests: number): Promise<void> {
  await eventually(async () => expect(await counted()).toBe(requests));
}

async function request(times: number): Promise<void> {
  const statuses = await Promise.all(Array.from({ length: times }, () => application.request('/')));
  expect(new Set(statuses)).toEqual(new Set([200]));
}

/** All workers serve, none of them an old one. */
async function replaced(old: readonly number[]): Promise<void> {
  await eventually(() => {
    expect(workers()).toHaveLength(WORKERS);
    expect(workers().filter((pid) => old.includes(pid))).toEqual([]);
  });
}

test('after exactly 60 requests the counter is 60, through kill -9 of a worker, HUP, and the end of the master', async () => {
  await start();
  await request(60);
  await expectCounted(60);

  const [victim = 0] = workers();
  process.kill(victim, 'SIGKILL');
  await replaced([victim]);
  await request(20);
  await expectCounted(80);

  const old = workers();
  application.pod.master.signal('SIGHUP');
  await replaced(old);
  await request(20);
  await expectCounted(100);
  expect(
    await application.prometheus.query('resets(django_http_requests_total_by_method_total[5m]) > 0'),
  ).toEqual([]);

  // A container that restarts finds the files of the one before.
  const kept = files();
  await application.pod.master.end();
  application.pod.start();
  await eventually(() => expect(workers()).toHaveLength(WORKERS));
  expect(files().filter((file) => kept.includes(file))).toEqual([]);
  await request(10);
  await expectCounted(10);
});

test('workers that max_requests replaces leave their counts, and no more files than the live ones have', async () => {
  await start({ maxRequests: 5, maxRequestsJitter: 0 });
  const ofOneWorker = files().filter((file) => file.includes(`_${workers()[0]}.`)).length;

  for (let i = 0; i < 10; i++) await request(6);

  await expectCounted(60);
  await eventually(() =>
    expect(application.pod.log.match(/Booting worker/g)?.length).toBeGreaterThan(WORKERS + 6),
  );
  await eventually(() =>
    // those of the workers, of one in between, and of all that ended
    expect(files().length).toBeLessThanOrEqual((WORKERS + 2) * (ofOneWorker + 1)),
  );
});
