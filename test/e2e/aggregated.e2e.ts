import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { shop } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';
import { eventually } from './cluster/eventually.js';
import { freePorts } from './cluster/free-ports.js';
import { Pod } from './cluster/pod.js';
import { Prometheus } from './cluster/prometheus.js';
import { pythonWith } from './cluster/python.js';
import { scrapeConfig } from './cluster/scrape-config.js';

/** An application that adds up its workers by itself, as the documentation of prometheus_client describes. */
const APPLICATION = `import os
from prometheus_client import CollectorRegistry, Counter, generate_latest, multiprocess
REQUESTS = Counter("shop_requests", "Requests that were served.")
def app(environ, start_response):
    start_response("200 OK", [])
    if environ["PATH_INFO"] == "/metrics":
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
        return [generate_latest(registry)]
    REQUESTS.inc()
    return [str(os.getpid()).encode()]
`;

const CONFIG = `from prometheus_client import multiprocess
def child_exit(server, worker):
    multiprocess.mark_process_dead(worker.pid)
`;

const WORKERS = 3;

let pod: Pod | undefined;
let prometheus: Prometheus | undefined;
const folder = mkdtempSync(path.join(tmpdir(), 'image-'));

afterEach(async () => {
  await Promise.all([pod?.end(), prometheus?.end()]);
  rmSync(folder, { recursive: true, force: true });
});

test('each pod is scraped once, and the sum of all workers survives the end of a worker', async () => {
  const port = await freePorts(1);
  const files = {
    Dockerfile: `CMD ["gunicorn", "--bind=0.0.0.0:${port}", "--config=gunicorn.conf.py", "shop:app"]\n`,
    'gunicorn.conf.py': CONFIG,
    'shop.py': APPLICATION,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const { all } = manifestsOf(
    shop({
      namespace: 'e2e',
      workers: WORKERS,
      http: { port },
      metrics: { strategy: 'aggregated', interval: '1s' },
      env: { PROMETHEUS_MULTIPROC_DIR: '/sums' },
      volumes: { sums: { mountPath: '/sums', emptyDir: { medium: 'Memory' } } },
    }),
  );
  pod = new Pod({ folder, bin: pythonWith('examples/django-app/requirements.txt') }, all);
  pod.start();
  prometheus = await Prometheus.start(scrapeConfig(all, 'shop-0'));
  const server = prometheus;
  let served = 0;
  const request = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
    served += 1;
    return Number(await response.text());
  };
  const counted = () => server.query('shop_requests_total');

  const first = await eventually(request);
  const pids = new Set([first]);
  while (pids.size < WORKERS)
    for (const pid of await Promise.all([request(), request(), request()])) pids.add(pid);
  await eventually(async () => expect(await counted()).toMatchObject([{ value: served }]));

  process.kill(first, 'SIGKILL');
  await eventually(async () => {
    const pid = await request();
    expect(pids.has(pid)).toBe(false);
  });
  await eventually(async () => expect(await counted()).toMatchObject([{ value: served }]));

  // A scrape may fail: the port is that of the requests, and a worker may be slow to answer.
  await eventually(async () => {
    const targets = await server.targets();
    expect(targets.map(({ health, labels }) => [health, labels['endpoint']])).toEqual([['up', 'http']]);
  });
});
