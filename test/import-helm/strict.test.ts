import { existsSync } from 'node:fs';
import { load } from 'js-yaml';
import { deployment, Manifests, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

describe('--strict', () => {
  const run = async (...objects: object[]) => {
    chart.write('all.yaml', text(...objects));
    return chart.runInside('import-helm', 'all.yaml', '--output', 'shop.yaml', '--strict');
  };

  test('writes nothing if a part that pods need is left out', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'YQ==' } };
    const { exitCode, stderr } = await run(deployment(), SERVICE, secret);

    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^all\.yaml:\d+: Secret default\/s: keeps pods from running: a Secret with data, .*\n(.*\n)*1 problem; nothing was written\n$/,
      ),
    ]);
    expect(existsSync(chart.path('shop.yaml'))).toBe(false);
  });

  test('writes nothing if a Helm value may do anything', async () => {
    chart.write('values.yaml', 'fullnameOverride: shop\nimage: a/b:1\nnetworkPolicy: { enabled: true }\n');
    const { exitCode, stderr } = await chart.runInside(
      'import-helm',
      'values.yaml',
      '--workers',
      '2',
      '--strict',
    );

    expect([exitCode, stderr.split('\n')[0]]).toEqual([
      1,
      'values.yaml:3: networkPolicy.enabled: not carried over: true; it may keep pods from running: import the output of helm template, which contains its effect',
    ]);
  });

  test('writes the file if all differences are cosmetic', async () => {
    expect((await run(deployment(), SERVICE)).exitCode).toBe(0);
    expect(load(chart.read('shop.yaml'))).toMatchObject({ name: 'prod-shop' });
  });
});
