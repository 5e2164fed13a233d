import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import type { WorkerAppMetrics } from '../../src/index.js';
import { eventually } from './cluster/eventually.js';
import { RunningApplication } from './cluster/running-application.js';

const WORKERS = 2;
const REQUESTS = 'shop.django_http_requests_total_by_method_total';

let application: RunningApplication;
let graphite: { server: Server; sockets: Socket[]; text: string };

afterEach(async () => {
  await application.end();
  graphite.sockets.forEach((socket) => socket.destroy());
  graphite.server.close();
});

/** A Graphite on loopback, in place of any other; its port. @param reads whether it ever reads what it is sent */
async function listen({
  reads,
  port = 0,
}: {
  readonly reads: boolean;
  readonly port?: number;
}): Promise<number> {
  const heard = { server: createServer({ pauseOnConnect: !reads }), sockets: [] as Socket[], text: '' };
  graphite = heard;
  heard.server.on('connection', (socket) => {
    heard.sockets.push(socket);
    socket.on('error', () => undefined);
    if (reads) socket.setEncoding('utf8').on('data', (text) => (heard.text += String(text)));
  });
  heard.server.listen(port, '127.0.0.1');
  await once(heard.server, 'listening');
  return (heard.server.address() as AddressInfo).port;
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
  const lines = graphite.text.split('\n').slice(0, -1);
  const found = lines.flatMap((line): [string, number][] => {
    const [series = '', value = ''] = line.split(' ');
    return series.startsWith(`${name};`) ? [[series.slice(name.length + 1), Number(value)]] : [];
  });
  return new Map(found);
}

function total(series: Map<string, number>): number {
  return [...series.values()].reduce((sum, value) => sum + value, 0);
}

test('each worker pushes the metrics that Prometheus scrapes, tagged with namespace, job, pod and its number', async () => {
  await start(await listen({ reads: true }));
  await request(20);

  await eventually(() => expect(total(latest(REQUESTS))).toBe(20));
  for (const tags of latest(REQUESTS).keys())
    expect(tags).toMatch(/^job=shop;method=GET;namespace=e2e;pod=[\w-]+;worker=[12]$/);
  await expectCounted(20);
  const lines = graphite.text.split('\n').slice(0, -1);
  expect(lines.filter((line) => !/^shop\.\w+(;\w+=[\w-]+)* \S+ \d{10}$/.test(line))).toEqual([]);
});

test('with strategy: multiprocess the sums are pushed, once for all workers', async () => {
  await start(await listen({ reads: true }), { strategy: 'multiprocess' });
  await request(20);

  await eventually(() => {
    expect([...latest(REQUESTS).values()]).toEqual([20]);
    expect([...latest(REQUESTS).keys()][0]).toMatch(/^job=shop;method=GET;namespace=e2e;pod=[\w-]+$/);
  });
});

test('a Graphite that hangs, then is gone, disturbs no request and no scrape, and one that is back is pushed to', async () => {
  const port = await listen({ reads: false });
  await start(port);
  await request(20);

  graphite.sockets.forEach((socket) => socket.destroy());
  graphite.server.close();
  const unreached = () => application.pod.log.match(/do not reach Graphite at 127\.0\.0\.1:/g);
  await eventually(() => expect(unreached()).toHaveLength(WORKERS));
  await request(20);
  await expectCounted(40);
  await eventually(() => application.expectAllUp());

  await listen({ reads: true, port });
  await eventually(() => expect(total(latest(REQUESTS))).toBe(40));
  expect(unreached()).toHaveLength(WORKERS);
});
