import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import type { WorkerAppMetrics } from '../../src/index.js';
import { eventually } from './cluster/eventually.js';
import { freePorts } from './cluster/free-ports.js';
import { RunningApplication } from './cluster/running-application.js';

const WORKERS = 2;
const REQUESTS = 'shop.django_http_requests_total_by_method_total';

let application: RunningApplication;
/** Each push has a connection of its own, and two workers may push at once: the text of each is kept apart. */
let graphite: { server: Server; pushes: { readonly socket: Socket; text: string }[] };

afterEach(async () => {
  await application.end();
  endGraphite();
});

/** A Graphite on loopback, in place of any other. @param reads whether it reads from its connections */
async function listen(port: number, { reads }: { readonly reads: boolean }): Promise<void> {
  const server = createServer({ pauseOnConnect: !reads });
  const started: typeof graphite = { server, pushes: [] };
  graphite = started;
  server.on('connection', (socket) => {
    const push = { socket, text: '' };
    started.pushes.push(push);
    socket.on('error', () => undefined);
    if (reads) socket.setEncoding('utf8').on('data', (text) => (push.text += String(text)));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function endGraphite(): void {
  graphite.pushes.forEach(({ socket }) => socket.destroy());
  graphite.server.close();
}

/** The complete lines that Graphite has read, push by push. */
function pushed(): string[] {
  return graphite.pushes.flatMap(({ text }) => text.split('\n').slice(0, -1));
}

async function start(port: number, metrics: WorkerAppMetrics = {}): Promise<void> {
  application = await RunningApplication.start({
    workers: WORKERS,
    metrics: {
      exporter: 'gunicorn',
      graphite: { host: '127.0.0.1', port, interval: '1s', prefix: 'shop' },
      ...metrics,
    },
  });
  await eventually(async () => {
    const up = (await application.prometheus.targets()).filter(({ health }) => health === 'up');
    expect(up).toHaveLength(metrics.strategy === 'multiprocess' ? 1 : WORKERS);
  });
}

async function request(times: number): Promise<void> {
  const statuses = await Promise.all(Array.from({ length: times }, () => application.request('/')));
  expect(statuses).toEqual(Array.from({ length: times }, () => 200));
}

/** What Prometheus has. */
async function expectCounted(requests: number): Promise<void> {
  await eventually(async () =>
    expect(await application.prometheus.value('sum(django_http_requests_total_by_method_total)')).toBe(
      requests,
    ),
  );
}

/** The latest value of each series of a name, by its tags. */
function latest(name: string): Map<string, number> {
  const found = pushed().flatMap((line): [string, number][] => {
    const [series = '', value = ''] = line.split(' ');
    return series.startsWith(`${name};`) ? [[series.slice(name.length + 1), Number(value)]] : [];
  });
  return new Map(found);
}

function total(series: Map<string, number>): number {
  return [...series.values()].reduce((sum, value) => sum + value, 0);
}

test('each worker pushes the metrics that Prometheus scrapes, tagged with namespace, job, pod and its number', async () => {
  const port = await freePorts(1);
  await listen(port, { reads: true });
  await start(port);
  await request(20);

  await eventually(() => expect(total(latest(REQUESTS))).toBe(20));
  for (const tags of latest(REQUESTS).keys())
    expect(tags).toMatch(/^job=shop;method=GET;namespace=e2e;pod=[\w-]+;worker=[12]$/);
  await expectCounted(20);
  expect(pushed().filter((line) => !/^shop\.\w+(;\w+=[\w-]+)* \S+ \d{10}$/.test(line))).toEqual([]);
});

test('with strategy: multiprocess the sums are pushed, once for all workers', async () => {
  const port = await freePorts(1);
  await listen(port, { reads: true });
  await start(port, { strategy: 'multiprocess' });
  await request(20);

  await eventually(() => {
    expect([...latest(REQUESTS).values()]).toEqual([20]);
    expect([...latest(REQUESTS).keys()][0]).toMatch(/^job=shop;method=GET;namespace=e2e;pod=[\w-]+$/);
  });
});

test('a Graphite that hangs, then is gone, disturbs no request and no scrape, and one that is back is pushed to', async () => {
  const port = await freePorts(1);
  await listen(port, { reads: false });
  await start(port);
  await request(20);

  endGraphite();
  const unreached = () => application.pod.log.match(/do not reach Graphite at 127\.0\.0\.1:/g);
  await eventually(() => expect(unreached()).toHaveLength(WORKERS));
  await request(20);
  await expectCounted(40);
  await eventually(() => application.expectAllUp());

  await listen(port, { reads: true });
  await eventually(() => expect(total(latest(REQUESTS))).toBe(40));
  expect(unreached()).toHaveLength(WORKERS);
});
