import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { Workplace } from '../../cli/command-line.js';

const text = (bytes: number) => 'x'.repeat(bytes);
const MIB = 2 ** 20;

const object = (kind: string, content: object) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a' },
  ...content,
});

test.each([
  ['a ConfigMap with 1 MiB of data', object('ConfigMap', { data: { a: text(MIB) } }), []],
  [
    'a ConfigMap with more',
    object('ConfigMap', { data: { a: text(MIB), b: 'x' } }),
    ['ConfigMap default/a: data: 1025 KiB, above the maximum of 1024 KiB; split it'],
  ],
  [
    'binary data, by what it decodes to',
    object('ConfigMap', { binaryData: { a: Buffer.alloc(MIB).toString('base64') } }),
    [],
  ],
  [
    'a Secret with more than 1 MiB',
    object('Secret', { data: { a: Buffer.alloc(MIB + 1).toString('base64') } }),
    ['Secret default/a: data: 1025 KiB, above the maximum of 1024 KiB; split it'],
  ],
  [
    'any other object above the 1.5 MiB of etcd',
    object('Thing', { spec: { a: [text(2 * MIB)] } }),
    ['Thing default/a: 2049 KiB, above the maximum of 1536 KiB in etcd; shorten it'],
  ],
])('%s', (_, manifest, expected) => {
  expect(checkManifests([manifest]).map(formatDiagnostic)).toEqual(expected);
});

describe('synth', () => {
  const place = new Workplace();
  afterAll(() => place.remove());
  const values = (bytes: number) => `name: shop\nimage: shop:1\nworkers: 1\nenv: { A: ${text(bytes)} }\n`;

  test('notes objects that need --server-side', async () => {
    place.write('shop.yaml', values(300_000));
    const { exitCode, stderr } = await place.runInside('synth', '--values', 'shop.yaml');
    expect(stderr).toMatch(
      /^note: shop\.yaml:1: Deployment default\/shop: 29[0-9] KiB; kubectl apply keeps a copy .* --server-side\n/,
    );
    expect(exitCode).toBe(0);
  });

  test('refuses objects that no API server accepts', async () => {
    const env = [1, 2, 3, 4].map((i) => `  A${i}: ${text(500_000)}\n`).join('');
    place.write('shop.yaml', `name: shop\nimage: shop:1\nworkers: 1\nenv:\n${env}`);
    const { exitCode, stderr } = await place.runInside('synth', '--values', 'shop.yaml');
    expect(stderr).toMatch(
      /^shop\.yaml:5:7: Deployment default\/shop: 195[0-9] KiB, above the maximum of 1536 KiB in etcd; shorten it; caused by env\.A1\n  --> /,
    );
    expect(exitCode).toBe(1);
  });

  test('refuses a text that fits into no object where it is written', async () => {
    place.write('shop.yaml', values(4_000_000));
    const { stderr } = await place.runInside('synth', '--values', 'shop.yaml');
    expect(stderr).toMatch(/^shop\.yaml:4: env\.A: a text of 4000000 characters; an object/);
  });
});
