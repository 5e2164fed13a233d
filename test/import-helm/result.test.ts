import { existsSync } from 'node:fs';
import { load } from 'js-yaml';
import { synthesize } from '../../charts/synthesize.js';
import { parseValues } from '../../src/values/parse-values.js';
import { deployment, Manifests, SELECTOR, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

/** A monitor on a port that does not exist. */
const BROKEN = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'm', namespace: 'shop' },
  spec: { selector: { matchLabels: SELECTOR }, endpoints: [{ port: 'exporter' }] },
};

const CONFIG = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } };

test('an object without a name is a loss, and the other objects stay', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'once-' }, spec: {} };
  const { losses, values } = chart.ofObjects(deployment(), SERVICE, CONFIG, job);

  expect(losses.map(({ place, message }) => `${place.object}: ${message}`)).toEqual([
    'Job default/once-: an object without a name, which kubectl apply refuses',
  ]);
  expect(values['objects']).toEqual([CONFIG]);
});

test('an object that objects cannot contain is refused at its place, and no other object is lost', async () => {
  const wrong = { ...CONFIG, metadata: { name: 'a b' } };
  chart.write('all.yaml', text(deployment(), SERVICE, CONFIG, wrong));

  const { exitCode, stderr } = await chart.runInside('import-helm', 'all.yaml');

  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringMatching(
      /all\.yaml:\d+: ConfigMap default\/a b: metadata\.name: .*expected the name of an object/,
    ),
  ]);
});

describe('values that synth refuses', () => {
  const MESSAGE =
    /spec\.endpoints\[0\]\.port: synth refuses .*: "exporter" is not a port of Service shop\/prod-shop/;

  test('are written with a warning at their line', async () => {
    chart.write('all.yaml', text(deployment(), SERVICE, BROKEN));

    const { exitCode, stderr } = await chart.runInside('import-helm', 'all.yaml', '--output', 'shop.yaml');

    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(MESSAGE)]);
    expect(stderr).toMatch(/warning: shop\.yaml:\d+: ServiceMonitor shop\/m/);
    expect(existsSync(chart.path('shop.yaml'))).toBe(true);
  });

  test('are not written with --strict', async () => {
    chart.write('all.yaml', text(deployment(), SERVICE, BROKEN));

    const strict = ['import-helm', 'all.yaml', '--output', 'shop.yaml', '--strict'];
    const { exitCode, stderr } = await chart.runInside(...strict);

    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(MESSAGE)]);
    expect(existsSync(chart.path('shop.yaml'))).toBe(false);
  });
});

describe('values that synth refuses with the Defaults of their folder', () => {
  const defaults = 'kind: Defaults\npodLabels: { app: other }\n';

  test('are written with a warning', async () => {
    chart.write('all.yaml', text(deployment(), SERVICE));
    chart.write('values/defaults.yaml', defaults);

    const { exitCode, stderr } = await chart.runInside('import-helm', 'all.yaml', '-o', 'values/shop.yaml');

    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/podLabels.*synth refuses this: /)]);
  });

  test('are not written with --strict, and the Defaults have the line', async () => {
    chart.write('all.yaml', text(deployment(), SERVICE));
    chart.write('values/defaults.yaml', defaults);

    const strict = ['import-helm', 'all.yaml', '-o', 'values/shop.yaml', '--strict'];
    const { exitCode, stderr } = await chart.runInside(...strict);

    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/podLabels.*synth refuses its values: /)]);
    expect(stderr).toMatch(/values\/defaults\.yaml:2: /);
    expect(existsSync(chart.path('values/shop.yaml'))).toBe(false);
  });
});

test.each<[string, object]>([
  [
    'an Ingress without rules',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      spec: { defaultBackend: { service: { name: 'prod-shop', port: { number: 80 } } } },
    },
  ],
  [
    'an HTTPRoute with a new field',
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      spec: { parentRefs: [{ name: 'gateway' }], rules: [{ newField: 1 }] },
    },
  ],
  [
    'an autoscaler of many pods',
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'prod-shop' },
        maxReplicas: 20_000,
      },
    },
  ],
])('%s, which no key can make, stays in objects', (_, object) => {
  const whole = { metadata: { name: 'prod-shop', namespace: 'shop' }, ...object };
  const { text: values, losses, warnings } = chart.result(text(deployment(), SERVICE, whole));

  expect(losses).toEqual([]);
  expect(load(values)).toMatchObject({ objects: [object] });
  expect(warnings).toContainEqual(
    expect.objectContaining({ severity: 'note', message: 'stays in objects: no key has its fields' }),
  );
  expect(
    [...synthesize(parseValues([{ file: 'values.yaml', text: values }]).values)].flatMap(
      ({ errors }) => errors,
    ),
  ).toEqual([]);
});

test('a Service of the name of the Deployment that has metrics ports alone gets a port for requests', () => {
  const container = {
    env: [
      { name: 'METRICS_START_PORT', value: '9001' },
      { name: 'WEB_CONCURRENCY', value: '1' },
    ],
    command: ['run'],
    ports: [
      { name: 'web', containerPort: 8080 },
      { name: 'metrics-1', containerPort: 9001 },
    ],
  };
  const service = {
    ...SERVICE,
    spec: { selector: SELECTOR, ports: [{ name: 'metrics-1', port: 9001, targetPort: 'metrics-1' }] },
  };

  const { text: values, losses, patches } = chart.result(text(deployment({}, container), service));

  expect([losses, patches]).toEqual([[], 0]);
  expect(load(values)).toMatchObject({ http: { port: 8080 }, metrics: { startPort: 9001 } });
  expect(load(values)).not.toHaveProperty('objects');
});
