import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart } from 'cdk8s';
import { isMap, nameOf, type Manifest } from '../../src/kubernetes/manifest.js';
import { AlertmanagerCluster } from '../../src/stack/alertmanager/alertmanager-cluster.js';
import { WorkerApp } from '../../src/worker-app/worker-app.js';
import { shop } from '../a-worker-app.js';

const folder = mkdtempSync(path.join(tmpdir(), 'applied-'));
afterAll(() => rmSync(folder, { recursive: true }));

const synthesized = (define: (chart: Chart) => void): Manifest[] => {
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  define(chart);
  return chart.toJson() as Manifest[];
};
const app = (changes: Parameters<typeof shop>[0]) =>
  synthesized((chart) => void new WorkerApp(chart, 'app', shop(changes)));
const cluster = (peers: number) =>
  synthesized((chart) => {
    const config = { route: { receiver: 'a' }, receivers: [{ name: 'a' }] };
    new AlertmanagerCluster(chart, 'cluster', { name: 'am', namespace: 'monitoring', peers, config });
  });

/** What kubectl makes of an object and a newer one, as a client-side apply does without removing anything. */
function merged(before: Manifest, after: Manifest): unknown {
  const [old, young] = ['old.json', 'new.json'].map((name) => path.join(folder, name)) as [string, string];
  writeFileSync(old, JSON.stringify(before));
  writeFileSync(young, JSON.stringify(after));
  const args = ['patch', '--local', '-f', old, '--type', 'strategic', '--patch-file', young, '-o', 'json'];
  return JSON.parse(execFileSync('kubectl', args, { encoding: 'utf8' }));
}

/** Whether a value has all that another one has; items of lists may stand anywhere, beside others. */
function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) return part.every((one) => (whole as []).some((item) => contains(item, one)));
  if (!isMap(part)) return whole === part;
  return isMap(whole) && Object.entries(part).every(([key, value]) => contains(whole[key], value));
}

test.each<[string, Manifest[], Manifest[]]>([
  ['an Alertmanager gets two peers', cluster(1), cluster(3)],
  ['an Alertmanager loses its peers', cluster(3), cluster(1)],
  ['an application gets workers', app({ workers: 1 }), app({ workers: 4 })],
  ['its metrics ports move by one', app({ workers: 4 }), app({ workers: 4, metrics: { startPort: 8002 } })],
  ['its ports change places', app({ http: { port: 8000 } }), app({ http: { port: 8002 }, workers: 1 })],
  ['its workers share a port', app({}), app({ metrics: { strategy: 'multiprocess' } })],
  ['its metrics get a Service of their own', app({}), app({ metrics: { service: 'headless' } })],
])('kubectl loses nothing when %s', (_, before, after) => {
  for (const object of after.filter(({ kind }) => ['Service', 'Deployment', 'StatefulSet'].includes(String(kind)))) {
    const old = before.find((one) => nameOf(one) === nameOf(object));
    if (old === undefined) continue;
    expect([nameOf(object), contains(merged(old, object), object)]).toEqual([nameOf(object), true]);
  }
}); // prettier-ignore
