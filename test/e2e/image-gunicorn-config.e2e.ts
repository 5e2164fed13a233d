import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart } from 'cdk8s';
import { afterEach, expect, test } from '@jest/globals';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { WorkerApp, type WorkerAppProps } from '../../src/index.js';
import { eventually } from './cluster/eventually.js';
import { freePorts } from './cluster/free-ports.js';
import { Pod } from './cluster/pod.js';
import { pythonWith } from './cluster/python.js';

const APPLICATION = `from prometheus_client import Gauge
PID = Gauge("worker_pid", "")
def app(environ, start_response):
    start_response("200 OK", [])
    return [b"answered"]
def loaded(worker):
    PID.set(worker.pid)
`;

let pod: Pod | undefined;
const folder = mkdtempSync(path.join(tmpdir(), 'image-'));

afterEach(async () => {
  await pod?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('one gunicorn key leaves an image with a gunicorn.conf.py reachable, in its worker class, and each worker is scraped', async () => {
  const port = await freePorts(3);
  const files = {
    Dockerfile: 'CMD ["gunicorn", "shop:app"]\n',
    'gunicorn.conf.py': `bind = "0.0.0.0:${port}"\nworker_class = "gthread"\nworkers = 9\npost_worker_init = "shop.loaded"\n`,
    'shop.py': APPLICATION,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const manifests = synthesized({
    name: 'shop',
    image: 'shop:1.0',
    workers: 2,
    http: { port },
    metrics: { exporter: 'gunicorn' },
    gunicorn: { timeout: 60 },
  });
  pod = new Pod({ folder, bin: pythonWith('examples/django-app/requirements.txt') }, manifests);

  pod.start();

  await eventually(async () => expect(await page(port)).toBe('answered'));
  const workers = await eventually(() => Promise.all([page(port + 1), page(port + 2)]));
  expect(new Set(workers.map((text) => /^worker_pid (.*)$/m.exec(text)?.[1])).size).toBe(2);
  const { master } = pod;
  await eventually(() => {
    expect(master.text).toContain('Using worker: gthread');
    expect(master.text).toContain("workers=2 (WEB_CONCURRENCY, not 9 of the image's file)");
  });
});

async function page(port: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text();
}

function synthesized(props: WorkerAppProps): Manifest[] {
  const chart = new Chart(new App(), 'e2e');
  new WorkerApp(chart, 'app', props);
  return chart.toJson() as Manifest[];
}
