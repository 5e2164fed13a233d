import { manifestsOf, type Loose } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

function withFiles(files: Readonly<Record<string, string>>) {
  const manifests = manifestsOf({ ...SHOP, files });
  const configMap: Loose = manifests.all.find(({ kind }) => kind === 'ConfigMap');
  return { ...manifests, configMap };
}

test('files are in one ConfigMap, and mounted one by one', () => {
  const { configMap, pod, container } = withFiles({ '/etc/shop/a.json': '{}', '/srv/B c.txt': 'yes\n' });
  expect(configMap.metadata).toMatchObject({ name: 'shop-files', namespace: 'default' });
  expect(configMap.data).toEqual({ 'etc-shop-a.json': '{}', 'srv-B-c.txt': 'yes\n' });
  expect(pod.volumes[1]).toEqual({ name: 'files', configMap: { name: 'shop-files' } });
  expect(container.volumeMounts.slice(1)).toEqual([
    { name: 'files', mountPath: '/etc/shop/a.json', subPath: 'etc-shop-a.json', readOnly: true },
    { name: 'files', mountPath: '/srv/B c.txt', subPath: 'srv-B-c.txt', readOnly: true },
  ]);
});

test('the pods restart when a text changes', () => {
  const hashOf = (text: string) =>
    withFiles({ '/a': text }).deployment.spec.template.metadata.annotations['cdk8s-worker-metrics/files'];
  expect(hashOf('a')).toMatch(/^[0-9a-f]{16}$/);
  expect(hashOf('a')).toBe(hashOf('a'));
  expect(hashOf('a')).not.toBe(hashOf('b'));
});

test.each([
  [['/a/b', '/a-b']],
  [['/ä', '/ö']],
  [['/..data/x']],
  [['/constructor']],
  [['/__proto__']],
  [[`/${'long/'.repeat(60)}x`]],
])('each of the files %j has a key of its own', (paths) => {
  const { configMap, container } = withFiles(
    Object.fromEntries(paths.map((path) => [path, `text of ${path}`])),
  );
  const mounts: Loose[] = container.volumeMounts.slice(1);
  expect(mounts.map(({ mountPath }) => mountPath)).toEqual(paths);
  expect(mounts.map(({ subPath }) => configMap.data[subPath])).toEqual(
    paths.map((path) => `text of ${path}`),
  );
  for (const { subPath } of mounts) expect(subPath).toMatch(/^(?!\.\.)[-._a-zA-Z0-9]{1,253}$/);
});

const PATH = 'expected the path of a file in the container such as /etc/shop/features.json, without ".."';

test.each([
  [{ 'etc/a': 'a' }, `files.etc/a: ${PATH}, got "etc/a"`],
  [{ '/etc/': 'a' }, `files./etc/: ${PATH}, got "/etc/"`],
  [{ '/etc/../a': 'a' }, `files./etc/../a: ${PATH}, got "/etc/../a"`],
  [{ '/a': 5 }, 'files./a: expected text, got 5; put it in quotes, as you wrote it'],
  [
    { '/a': 'a', '/a/b': 'b' },
    'files./a/b: /a of files is a file, and nothing can be mounted in it; choose another path',
  ],
  [{ '/tmp': 'a' }, 'files./tmp: the writable /tmp of the pods is mounted at /tmp, too; choose another path'],
])('%j is refused', (files, message) => {
  expect(diagnosticsOf({ files })).toEqual([`error: ${message}`]);
});

test('a volume in the place of a file is refused', () => {
  expect(
    diagnosticsOf({ files: { '/a': 'a' }, volumes: { v: { emptyDir: {}, mountPath: '/a/b' } } }),
  ).toEqual([
    'error: volumes.v.mountPath: /a of files is a file, and nothing can be mounted in it; choose another path',
  ]);
});
