import { readFileSync } from 'node:fs';
import { parseValues } from '../../src/values/parse-values.js';
import { Workplace } from './command-line.js';

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

test('explain shows every value with its place, lists as they are written', async () => {
  const values = place.write(
    'values/shop.yaml',
    'name: shop\nimage: a/b:1\nworkers: 2\nmetrics: { podLabels: [team] }\n',
  );
  const { exitCode, stdout } = await place.run('explain', 'shop', '--values', values);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^shop\n/);
  expect(stdout).toMatch(/^workers +2 +values\/shop\.yaml:3$/m);
  expect(stdout).toMatch(/^metrics\.podLabels +\["team"\] +values\/shop\.yaml:4$/m);
  expect(stdout).toMatch(/^metrics\.startPort +8001 +default$/m);
});

/** Names in a path. */
const DEEPEST = 3;

describe('explain of a key', () => {
  test('shows its meaning, allowed values, default, example and reference, without values files', async () => {
    expect(await place.runInside('explain', 'metrics.monitor')).toEqual({
      exitCode: 0,
      stdout: `metrics.monitor (WorkerApp)
Kind of the prometheus-operator's object that selects the targets. A ServiceMonitor finds the pods through the Service; a PodMonitor finds them directly.

allowed:   ServiceMonitor or PodMonitor
default:   ServiceMonitor
reference: docs/values.md#workerapp

Example:
  metrics:
    monitor: PodMonitor
`,
      stderr: '',
    });
  });

  test.each([
    ['http.port', /^allowed: +a whole number from 1 to 65535$/m],
    ['metrics.startPort', /^default: +http\.port \+ 1$/m],
    ['image', /^default: +none; the key is required$/m],
    [
      'env.LOG_LEVEL',
      /^allowed: +text, \{ secret, key \}, \{ configMap, key \}, \{ field \} or \{ resource \}$/m,
    ],
    ['serviceWindows.days', /^ {2}serviceWindows:\n {4}- days:\n {8}- \w+$/m],
    ['metrics', /^KEY +MEANING\nstartPort +Metrics port of the first worker, 1024 to 65535\.$/m],
    ['PrometheusServer', /^git +Git repository with the configuration of Prometheus/m],
    ['PrometheusServer.image', /^image \(PrometheusServer\)\n/],
    ['kind', /^allowed: +WorkerApp or AlertmanagerCluster or PrometheusServer or Defaults$/m],
    [
      'Defaults',
      /^Defaults\nValues that hold for all applications .*\n\nreference: docs\/values\.md#defaults\n\nKEY +MEANING\nkind .*\ninstance /,
    ],
    ['Defaults.workers', /^workers \(Defaults\)\n/],
    ['environments', /^environments \(WorkerApp, AlertmanagerCluster, PrometheusServer\)\n/],
    ['delivery.argocd.branch', /^reference: docs\/values\.md#delivery-of-every-kind$/m],
    ['sidecars.x.in', /^Example:\n {2}sidecars:\n {4}x:\n {6}in:\n {8}- web\n {8}- jobs\n$/m],
    ['sidecars.in', /^sidecars\.<name>\.in \(WorkerApp\)\nThe pods that have this container/],
    ['volumes.claim.size', /^ {2}volumes:\n {4}media:\n {6}claim:\n {8}size: 10Gi$/m],
    ['processes.<name>.command', /^ {2}processes:\n {4}worker:\n {6}command:$/m],
    ['sidecars.x', /^sidecars\.x \(WorkerApp\)\nA single application container/],
  ])('%s', async (key, text) => {
    const { exitCode, stdout } = await place.runInside('explain', key);
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(text)]);
  });

  test('knows every key of the reference', async () => {
    const { explainKey } = await import('../../src/values/explain/explain-keys.js');
    const sections = readFileSync('docs/values.md', 'utf8').split(/^## /m);
    const ours = sections.filter((section) =>
      /^(?:WorkerApp|AlertmanagerCluster|PrometheusServer|delivery)\b/.test(section),
    );
    const keys = Array.from(ours.join('').matchAll(/^\| `([^`]+)`/gm), ([, key = '']) => key);
    expect(keys.length).toBeGreaterThan(100);
    expect(keys.filter((key) => explainKey(key).length === 0)).toEqual([]);
  });

  test('shows only examples that synth accepts, at any depth', async () => {
    const { explainKey } = await import('../../src/values/explain/explain-keys.js');
    const examples = (path: string): [string, unknown][] => {
      const [explained] = explainKey(path);
      const inner = path.split('.').length > DEEPEST ? [] : (explained?.keys ?? []);
      return [[path, explained?.example], ...inner.flatMap(({ key }) => examples(`${path}.${key}`))];
    };
    const all = examples('WorkerApp').filter(([, example]) => example !== undefined);
    const refused = all.filter(([, example]) => {
      const text = JSON.stringify({ name: 'shop', image: 'a/b:1', workers: 2, ...(example as object) });
      return parseValues([{ file: 'v.yaml', text }]).problems.length > 0;
    });
    expect(all.length).toBeGreaterThan(300);
    expect(refused).toEqual([]);
  });

  test.each([
    ['metrics.montor', 'did you mean "metrics.monitor"?'],
    ['startPort', 'did you mean metrics.startPort?'],
    ['shpo', 'did you mean "shop"?'],
    ['nothingLikeIt', 'applications: shop; for all keys: worker-metrics explain WorkerApp'],
  ])('refuses %s, and names the nearest', async (name, hint) => {
    place.write('values/shop.yaml', 'name: shop\nimage: a/b:1\nworkers: 2\n');
    const { exitCode, stderr } = await place.runInside('explain', name);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `explain: "${name}" is neither an application nor a key; ${hint}\n1 problem; nothing was explained\n`,
    );
  });

  test('gives way to an application of its name, which names the key', async () => {
    place.write('values/app.yaml', 'name: workers\nimage: a/b:1\nworkers: 2\n');
    const { stdout, stderr } = await place.runInside('explain', 'workers');
    expect(stdout).toMatch(/^workers\nKEY +VALUE +SOURCE\nname +workers +values\/app\.yaml:1\n/);
    expect(stderr).toBe('workers is a key, too: worker-metrics explain WorkerApp.workers\n');
    expect((await place.runInside('explain', 'WorkerApp.workers')).stdout).toMatch(
      /^workers \(WorkerApp\)\n/,
    );
  });
});

test('explain --changed shows only values that differ from the default', async () => {
  place.write(
    'values/shop.yaml',
    'name: shop\nimage: a/b:1\nworkers: 2\nreplicas: 1\nhttp: { port: 8000, servicePort: 81 }\nmetrics: { startPort: 8001 }\nenv: { A: x, B: y }\nenvironments: { dev: { env: { A: null }, metrics: { interval: 10s } } }\n',
  );
  const { stdout } = await place.runInside('explain', 'shop', '--changed', '--set', 'shop.workers=4');
  expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual([
    'shop', 'KEY', 'name', 'image', 'workers', 'http.servicePort', 'metrics.interval', 'env.B', '',
  ]); // prettier-ignore
});

test('explain shortens a long list of maps, which would make every line as long', async () => {
  const object =
    '  - { apiVersion: v1, kind: ConfigMap, metadata: { name: features }, data: { search: "on" } }\n';
  place.write('values/shop.yaml', `name: shop\nimage: a/b:1\nworkers: 2\nobjects:\n${object}`);
  const { stdout } = await place.runInside('explain', 'shop');
  expect(stdout).toMatch(/^objects +\[\{"apiVersion":"v1",.*\.\.\. +values\/shop\.yaml:5$/m);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(160);
});

test('explain hides secrets', async () => {
  place.write(
    'values/shop.yaml',
    'name: shop\nimage: a/b:1\nworkers: 2\nenv: { DB_PASSWORD: hunter2, DB: "postgres://shop:hunter2@db/shop" }\nenvironments: { dev: { env: { DB_PASSWORD: hunter3 } } }\n',
  );
  for (const format of ['text', 'json']) {
    const { stdout } = await place.runInside('explain', 'shop', '--format', format);
    expect(stdout).not.toMatch(/hunter/);
    expect(stdout).toMatch('postgres://shop:***@db/shop');
  }
});
