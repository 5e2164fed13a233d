import { existsSync, readdirSync } from 'node:fs';
import { Workplace } from './command-line.js';

const SHOP = 'name: shop\nimage: a/b:1\nworkers: 1\n';
const HELM = 'image: { repository: a/b, tag: v1 }\nenv: { config: { WEB_CONCURRENCY: 2 } }\n';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  place.write('values/shop.yaml', SHOP);
});
afterEach(() => place.remove());

describe('synth --dry-run', () => {
  test('names the files that synth would write, and makes not even a folder', async () => {
    expect(await place.runInside('synth', '--dry-run')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr:
        'dist/shop.k8s.yaml: written (dry run)\ndist: 1 file written, 0 unchanged, 0 removed (dry run)\n',
    });
    expect(existsSync(place.path('dist'))).toBe(false);
  });

  test('names the files that synth would delete or keep, and deletes none', async () => {
    await place.runInside('synth');
    place.write('values/shop.yaml', SHOP.replace('shop', 'blog'));
    const files = readdirSync(place.path('dist'));
    expect((await place.runInside('synth', '--dry-run')).stderr).toBe(
      'dist/blog.k8s.yaml: written (dry run)\n' +
        'dist/shop.k8s.yaml: removed: no values describe it (dry run)\n' +
        'dist: 1 file written, 0 unchanged, 1 removed (dry run)\n',
    );
    expect((await place.runInside('synth', '--dry-run', '-f', 'values/shop.yaml')).stderr).toContain(
      'dist/shop.k8s.yaml: not in these values; kept; --prune removes it\n',
    );
    expect(readdirSync(place.path('dist'))).toEqual(files);
  });

  test('gives the changes of synth as JSON', async () => {
    const { stdout } = await place.runInside('synth', '--dry-run', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [],
      dryRun: true,
      written: ['shop.k8s.yaml'],
      unchanged: 0,
      removed: [],
      kept: [],
    });
  });

  test.each([
    ['a wrong value', () => place.write('values/shop.yaml', SHOP.replace('workers: 1', 'workers: 0'))],
    ['a file in the place of the folder', () => place.write('dist', '')],
    ['a foreign file', () => place.write('dist/shop.k8s.yaml', 'kind: Namespace\n')],
  ])('fails as synth does for %s', async (_, make) => {
    make();
    const dry = await place.runInside('synth', '--dry-run');
    expect(dry.exitCode).toBe(1);
    expect(dry).toEqual(await place.runInside('synth'));
  });
});

describe('import-helm --dry-run', () => {
  const args = ['import-helm', 'helm.yaml', '--name', 'web', '--dry-run', '--format', 'json'];
  beforeEach(() => {
    place.write('helm.yaml', HELM);
  });

  test('names the file, and writes nothing', async () => {
    const { exitCode, stdout } = await place.runInside(...args);
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { dryRun: true, written: 'values/web.yaml' }]);
    const { stderr } = await place.runInside(...args.slice(0, -2));
    expect(stderr).toContain('values/web.yaml: written (dry run)\n');
    expect(readdirSync(place.path('values'))).toEqual(['shop.yaml']);
  });

  test('refuses a file that exists, and standard output', async () => {
    place.write('values/web.yaml', '');
    expect((await place.runInside(...args)).exitCode).toBe(1);
    const ran = await place.runInside(...args.slice(0, -2), '--output', '-');
    expect(ran).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ran.stderr).toContain('--dry-run: with --output -, nothing is written to a file; leave it out\n');
  });
});
