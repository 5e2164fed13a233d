import { Workplace } from './command-line.js';

// `objects` and `patches` of values files: their diagnostics stand where the user wrote them.

const SHOP = `name: shop
namespace: web
image: example.com/shop:v1
workers: 2
`;
const place = new Workplace();
afterAll(() => place.remove());

async function synth(text: string, ...args: readonly string[]): Promise<string[]> {
  place.write('values/shop.yaml', SHOP + text);
  const { stderr } = await place.runInside('synth', ...args);
  return stderr.trim().split('\n');
}

const METRICS_PORT =
  '{ op: replace, path: /spec/template/spec/containers/0/ports/1/containerPort, value: 9000 }';

test('a patch that breaks the wiring is named, with its line', async () => {
  const patches = `patches:
  - target: { kind: Deployment, name: shop }
    merge: { spec: { minReadySeconds: 9 } }
  - target: { kind: Deployment, name: shop }
    json: [${METRICS_PORT}]
`;
  expect(await synth(patches)).toEqual([
    'values/shop.yaml:8: Deployment web/shop: spec.template.spec.containers[0].env: METRICS_START_PORT is "8001", but the first metrics port is 9000; set it to "9000"; caused by patches[1]',
    '  --> values/shop.yaml:8:5',
    '  8 |   - target: { kind: Deployment, name: shop }',
    '    |     ^',
    '1 problem; nothing was written',
  ]);
});

test('an object that breaks the wiring is named, with its line', async () => {
  const objects = `objects:
  - apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata: { name: second }
    spec: { selector: { matchLabels: { app.kubernetes.io/name: shop } }, endpoints: [{ port: metrics-1 }] }
`;
  expect(await synth(objects)).toEqual([
    expect.stringMatching(
      /^values\/shop\.yaml:6: Deployment web\/shop: .*metrics-1 \(8001\) is scraped 2 times: .*; caused by objects\[0\]$/,
    ),
    '  --> values/shop.yaml:6:5',
    '  6 |   - apiVersion: monitoring.coreos.com/v1',
    '    |     ^',
    '1 problem; nothing was written',
  ]);
});

describe('beside an application with invalid values', () => {
  const PATCH = 'patches: [{ target: { kind: Deployment, name: old }, merge: { spec: { paused: true } } }]\n';
  const both = new Workplace();
  afterAll(() => both.remove());

  /** The problems, without their excerpts. */
  async function problemsOf(command: string, blog: string): Promise<string[]> {
    both.write('values/blog.yaml', blog);
    both.write('values/shop.yaml', SHOP + PATCH);
    const { stderr } = await both.runInside(...command.split(' '));
    return stderr.split('\n').filter((line) => line.startsWith('values/'));
  }

  test.each(['synth', 'synth --output -', 'diff'])(
    '%s reports the problems of the other objects',
    async (command) => {
      const blog = SHOP.replaceAll('shop', 'blog').replace('workers: 2', 'workers: five');
      expect(await problemsOf(command, blog)).toEqual([
        'values/blog.yaml:4: workers: expected a whole number from 1 to 100, got "five"',
        expect.stringMatching(/^values\/shop\.yaml:5: patches\[0\].*old/),
      ]);
    },
  );

  test('objects of two applications with one name are not reported one by one', async () => {
    expect(await problemsOf('synth', SHOP)).toEqual([
      expect.stringMatching(/^values\/shop\.yaml:1: name: "shop": values\/blog\.yaml:1 has this name too/),
    ]);
  });
});

describe('a patch without a target', () => {
  const patch = (kind: string) =>
    `  - { target: { kind: ${kind}, name: shop }, merge: { metadata: { annotations: { a: b } } } }\n`;

  test('is refused once for all environments', async () => {
    expect(await synth(`patches:\n${patch('Job')}environments: { dev: {}, prod: {} }\n`)).toEqual([
      'values/shop.yaml:6: patches[0].target: there is no Job shop; known are Deployment shop, Service shop, ServiceMonitor shop',
      '  --> values/shop.yaml:6:15',
      '  6 |   - { target: { kind: Job, name: shop }, merge: { metadata: { annotations: { a: b } } } }',
      '    |               ^^^^^^^^^^^^^^^^^^^^^^^^^',
      '1 problem; nothing was written',
    ]);
  });

  test('passes if another environment has the target', async () => {
    const environments = 'environments: { dev: {}, prod: { alerts: { workerDown: true } } }\n';
    const [last] = (await synth(`alerts: {}\npatches:\n${patch('PrometheusRule')}${environments}`)).slice(-1);
    expect(last).toMatch(/written/);
  });

  test('passes in a run that does not read all environments', async () => {
    const [last] = (
      await synth(`patches:\n${patch('Job')}environments: { dev: {}, prod: {} }\n`, '--environment', 'dev')
    ).slice(-1);
    expect(last).toMatch(/written/);
  });
});

test.each([
  [
    'patches: [{ target: { kind: Service, name: shop } }]',
    'patches[0]: expected a map with target, and either merge or json, got a map with target',
  ],
  [
    'patches: [{ target: { kind: Service, name: shop }, json: [{ op: add, path: /a }] }]',
    'patches[0].json[0]: add needs value',
  ],
  [
    'patches: [{ target: { kind: Service, name: shop }, json: [{ op: remove, path: /a, value: 1 }] }]',
    'patches[0].json[0].value: remove takes no value; remove it',
  ],
  [
    'patches: [{ target: { kind: Service, name: shop }, json: [{ op: add, path: a.b, value: 1 }] }]',
    'patches[0].json[0].path: expected a JSON Pointer, such as /spec/template/spec/hostNetwork, got "a.b"',
  ],
  [
    'objects: [{ kind: ConfigMap, metadata: { name: a } }]',
    'objects[0].apiVersion: missing; expected an API version of Kubernetes, such as v1 or apps/v1',
  ],
  [
    'objects: [{ apiVersion: v1, kind: ConfigMap, metadata: {} }]',
    'objects[0].metadata.name: missing; expected the name of an object',
  ],
  [
    'objects: [{ apiVersion: v1, kind: List, metadata: { name: a } }]',
    'objects[0].kind: write the items of the List one by one',
  ],
  [
    'objects: [{ apiVersion: v1, kind: Big, metadata: { name: a }, spec: { n: 12345678901234567890 } }]',
    'objects[0].spec.n: a number beyond 9007199254740991 cannot be written exactly; choose a smaller number',
  ],
])('is refused: %s', async (text, message) => {
  expect((await synth(`${text}\n`))[0]).toBe(`values/shop.yaml:5: ${message}`);
});

test('an object that another application makes, too, is refused', async () => {
  const object =
    '{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: blog }, spec: { defaultBackend: {} } }';
  const blog = `${SHOP.replace('shop', 'blog')}ingress: { host: blog.example.com }\n`;
  expect(await synth(`objects: [${object}]\n---\n${blog}`)).toContain(
    'values/shop.yaml:7: Ingress web/blog: shop.k8s.yaml contains this object too; rename one of the two',
  );
});
