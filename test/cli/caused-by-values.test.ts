import { chartsFor } from '../../charts/kinds.js';
import { synthesizeAll } from '../../charts/synthesize-all.js';
import { synthesize, type Synthesized } from '../../charts/synthesize.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues, type Selection } from '../../src/values/parse-values.js';

const SHOP = 'name: shop\nimage: a/b:1\nworkers: 1\n';

async function errorsOf(text: string, selection?: Selection): Promise<string[]> {
  return (await synthesized(text, selection)).flatMap(({ errors }) => errors.map(formatDiagnostic));
}

async function notesOf(text: string): Promise<string[]> {
  return (await synthesized(text)).flatMap(({ notes }) => notes.map(formatDiagnostic));
}

async function synthesized(text: string, selection?: Selection): Promise<readonly Synthesized[]> {
  const { values, problems } = parseValues([{ file: 'shop.yaml', text }], selection);
  expect(problems).toEqual([]);
  return [...synthesize(values, await chartsFor(values))];
}

describe('an error about a finished object has the place of the value that causes it', () => {
  test.each([
    [
      'a field of an init container',
      `${SHOP}initContainers:\n  fetch:\n    image: c\n    volumeMounts:\n      - { name: none, mountPath: /x }\n`,
      /^shop\.yaml:8: Deployment default\/shop: spec\..*: "none" is not a volume of the pod; caused by initContainers\.fetch\.volumeMounts\[0\]$/,
    ],
    [
      'one of several equal containers',
      `${SHOP}initContainers:\n  first: { image: c, ports: [{ containerPort: 1, name: ok }] }\n  second: { image: c, ports: [{ containerPort: 2, name: not_ok }] }\n`,
      /^shop\.yaml:6: .* got "not_ok"; caused by initContainers\.second\.ports\[0\]\.name$/,
    ],
    [
      'a value in a namespace, which is in the names of all objects',
      `${SHOP}namespace: web\ninitContainers:\n  fetch:\n    image: c\n    volumeMounts: [{ name: none, mountPath: /x }]\n`,
      /^shop\.yaml:8: Deployment web\/shop: .*; caused by initContainers\.fetch\.volumeMounts\[0\]$/,
    ],
    [
      'a value of an environment',
      `${SHOP}environments:\n  dev:\n    sidecars:\n      proxy: { image: c, env: [{ name: a/b, value: x }] }\n`,
      /^shop\.yaml:7: .* got "a\/b"; caused by environments\.dev\.sidecars\.proxy\.env\[0\]$/,
    ],
    [
      'a value in one of the objects of the user',
      `${SHOP}objects:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: { name: a }\n    data:\n      A: b\n      C: 1\n`,
      /^shop\.yaml:10: ConfigMap default\/a: data\.C: .*; caused by objects\[0\]\.data\.C$/,
    ],
    [
      'a value in a patch',
      `${SHOP}patches:\n  - target: { kind: Service, name: shop }\n    merge:\n      metadata:\n        labels:\n          team: a b\n`,
      /^shop\.yaml:9: Service default\/shop: .*; caused by patches\[0\]\.merge\.metadata\.labels\.team$/,
    ],
  ])('%s', async (_, text, expected) => {
    expect(await errorsOf(text)).toEqual([expect.stringMatching(expected)]);
  });

  test('in the Job of a migration, whose name is another one before the patches', async () => {
    const sidecar = `sidecars:\n  h:\n    in: [web, jobs]\n    image: c\n    volumeMounts: [{ name: none, mountPath: /x }]\n`;
    const migrate = 'migrate: { command: [python, manage.py, migrate] }\n';
    const patch = `patches:\n  - target: { kind: Service, name: shop }\n    merge: { metadata: { labels: { a: b } } }\n`;
    const cause =
      /^shop\.yaml:8: (Job|Deployment) .*"none" is not a volume of the pod; caused by sidecars\.h\.volumeMounts\[0\]$/;
    for (const text of [SHOP + sidecar + migrate, SHOP + sidecar + migrate + patch])
      expect(await errorsOf(text)).toEqual([expect.stringMatching(cause)]);
  });

  const SETTINGS = `objects:\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: settings }, data: { a: b } }\n`;
  test.each([
    ['of a variable', 'env: { A: { configMap: settings, key: x } }', 'error', 'env.A'],
    ['of a file', 'volumes: { c: { mountPath: /c, configMap: { name: settings, items: [{ key: x, path: x }] } } }', 'error', 'volumes.c.configMap.items[0]'],
    ['of a mount', 'volumes: { c: { mountPath: /c/x, subPath: x, configMap: { name: settings } } }', 'warning', 'volumes.c.subPath'],
    ['to a mistyped object', 'envFrom: [{ configMap: setings }]', 'warning', 'envFrom[0]'],
    ['of a route', 'ingress: { host: a.example, paths: [{ path: /, service: admin, port: 81 }] }', 'warning', 'ingress.paths[0]'],
  ])('a wrong reference %s to an object of the user, before or after it', async (_, line, severity, cause) => {
    const admin = `  - { apiVersion: v1, kind: Service, metadata: { name: admin }, spec: { ports: [{ port: 80 }] } }\n`;
    const processes = `processes: { q: { command: [celery, worker] } }\n`;
    for (const [text, at] of [
      [`${SHOP}${line}\n${processes}${SETTINGS}${admin}`, 4],
      [`${SHOP}${processes}${SETTINGS}${admin}${line}\n`, 8],
    ] as const) {
      const found = (await synthesized(text)).flatMap(({ errors, notes }) => [...errors, ...notes]);
      const hint = expect.stringContaining(`caused by ${cause}`);
      expect(found).toEqual([expect.objectContaining({ severity, line: at, hint })]);
    }
  }); // prettier-ignore

  test('a wrong reference of one object of the user to another one, before or after it', async () => {
    const env = '[{ name: A, valueFrom: { configMapKeyRef: { name: settings, key: x } } }]';
    const pod = `  - { apiVersion: v1, kind: Pod, metadata: { name: p }, spec: { containers: [{ name: c, image: d, env: ${env} }] } }\n`;
    const [key = '', settings = ''] = SETTINGS.split(/(?<=:\n)/);
    const cause = (i: number) =>
      expect.stringMatching(
        `^shop\\.yaml:${5 + i}: .*; caused by objects\\[${i}\\]\\.spec\\.containers\\[0\\]\\.env`,
      );
    expect(await errorsOf(SHOP + key + pod + settings)).toEqual([cause(0)]);
    expect(await errorsOf(SHOP + key + settings + pod)).toEqual([cause(1)]);
  });

  test('once for all environments', async () => {
    const object = '  - { apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { A: 1 } }\n';
    const environments = 'environments: { dev: { namespace: a }, prod: { namespace: b } }\n';
    const { values } = parseValues([
      { file: 'shop.yaml', text: `${SHOP}objects:\n${object}${environments}` },
    ]);
    const { problems } = await synthesizeAll(values, () => {});
    expect(problems.map(formatDiagnostic)).toEqual([
      'shop.yaml:5: ConfigMap a/a: data.A: expected text, got 1; put it in quotes, as you wrote it; caused by objects[0].data.A',
    ]);
  });

  test('in the document of the file that has the error', async () => {
    const wrong = `${SHOP.replace('shop', 'other')}sidecars:\n  proxy: { image: c, env: [{ name: a/b, value: x }] }\n`;
    expect(await errorsOf(`${SHOP}---\n${wrong}`)).toEqual([
      expect.stringMatching(/^shop\.yaml:9: Deployment default\/other: /),
    ]);
  });
});

describe('a warning about a finished object has the place of the value that causes it', () => {
  const ingress = (name: string, more = '') =>
    `${SHOP.replace('shop', name)}namespace: web\ningress:\n  className: nginx\n  host: a.example\n${more}`;

  test('in the document with the later Ingress', async () => {
    expect(await notesOf(`${ingress('a')}---\n${ingress('b')}`)).toEqual([
      expect.stringMatching(/^shop\.yaml:15: Ingress web\/b: .*; caused by ingress\.host$/),
    ]);
  });

  test('in an object of the user', async () => {
    const spec =
      '{ ingressClassName: nginx, rules: [{ host: a.example, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: c, port: { number: 80 } } } }] } }] }';
    const object = `  - apiVersion: networking.k8s.io/v1\n    kind: Ingress\n    metadata: { name: c }\n    spec: ${spec}\n`;
    expect(await notesOf(`${ingress('a')}---\n${SHOP.replace('shop', 'b')}objects:\n${object}`)).toEqual([
      expect.stringMatching(/^shop\.yaml:16: Ingress .*; caused by objects\[0\]\.spec\.rules\[0\]\.host$/),
    ]);
  });

  test('or else of the name, if there are many', async () => {
    const documents = Array.from({ length: 23 }, (_, i) => ingress(`a${i}`));
    const notes = await notesOf(documents.join('---\n'));
    expect(notes.filter((note) => note.includes('caused by ingress.host'))).toHaveLength(20);
    expect(notes.at(-1)).toMatch(/^shop\.yaml:177: Ingress web\/a22: /);
  });
});
