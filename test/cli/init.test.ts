import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from '../run-command.js';
import { ANSWERS, InitPlace } from './init-place.js';
import { runMain } from './run-main.js';

let place: InitPlace;
beforeEach(() => {
  place = new InitPlace();
});
afterEach(() => place.remove());

const manifest = (file: string) => JSON.parse(place.read(file)) as Record<string, Record<string, string>>;

const FILES = [
  '.github/workflows/manifests.yaml',
  '.gitignore',
  'README.md',
  'cdk8s.yaml',
  'package.json',
  'values/shop.yaml',
];

describe('in an empty folder, init', () => {
  test('writes a project, and names the next two commands', async () => {
    const { exitCode, stdout, stderr } = await place.init('shop', ...ANSWERS);
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(
      /^6 files written:\n(  shop\/.*\n){6}Next:\n  cd shop && npm install\n  npx cdk8s synth\n$/,
    );
    expect(place.filesBelow('shop')).toEqual(FILES);
    expect(existsSync(place.path('shop/dist'))).toBe(true);
  });

  test('writes values that synth takes, and the line by which editors find the schema', async () => {
    await place.init('shop', ...ANSWERS, '--port', '5000');
    expect(place.read('shop/values/shop.yaml')).toBe(
      '# yaml-language-server: $schema=../node_modules/cdk8s-worker-metrics/schema/values.schema.json\n' +
        'name: shop\nimage: a/b:1\nworkers: 8\nhttp:\n  port: 5000\n',
    );
    expect(
      await place.run('synth', '-f', place.path('shop/values'), '-o', place.path('shop/dist')),
    ).toMatchObject({
      exitCode: 0,
    });
  });

  test('pins the versions that this package is tested with', async () => {
    await place.init('shop', ...ANSWERS);
    const tested = (
      JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Record<string, object>
    )['devDependencies'];
    const { 'cdk8s-worker-metrics': own, ...others } = manifest('shop/package.json')['devDependencies'] ?? {};
    expect(own).toBe('^1.2.3');
    expect(Object.keys(others)).toEqual(['cdk8s', 'cdk8s-cli', 'cdk8s-plus-28', 'constructs']);
    expect(tested).toMatchObject(others);
  });

  test('writes a workflow in which npm ci, diff, synth and trace run, in this order', async () => {
    await place.init('shop', ...ANSWERS);
    const { jobs } = load(place.read('shop/.github/workflows/manifests.yaml')) as {
      jobs: { manifests: { steps: { run?: string }[] } };
    };
    expect(jobs.manifests.steps.flatMap(({ run }) => run ?? [])).toEqual([
      'npm ci',
      'npx worker-metrics diff --format github',
      'npx cdk8s synth --check-upgrade=false',
      'npx worker-metrics trace --format github',
    ]);
  });

  test('writes a README of at most ten lines that names the application', async () => {
    await place.init('shop', ...ANSWERS);
    expect(place.read('shop/README.md')).toMatch(/^# shop\n/);
    expect(place.read('shop/README.md').trim().split('\n').filter(Boolean).length).toBeLessThanOrEqual(10);
    expect(place.read('shop/README.md')).not.toContain('{{');
  });

  test('writes charts/main.ts in place of values with --typescript', async () => {
    await place.init('shop', ...ANSWERS, '--typescript');
    expect(place.filesBelow('shop')).toEqual(
      [...FILES.slice(0, 3), 'cdk8s.yaml', 'charts/main.ts', 'package.json', 'tsconfig.json'].toSorted(),
    );
    expect(place.read('shop/charts/main.ts')).toContain(
      "new WorkerApp(chart, 'app', {\n  name: 'shop',\n  image: 'a/b:1',\n  workers: 8,\n  http: { port: 8000 }\n});\n",
    );
    expect(load(place.read('shop/cdk8s.yaml'))).toEqual({
      language: 'typescript',
      app: 'npx tsx charts/main.ts',
    });
  });

  test.each([
    ['80', { startPort: 8001 }],
    ['65535', { startPort: 8001 }],
    ['65534', { startPort: 8001 }],
    ['8000', undefined],
    ['8001', undefined],
  ])('chooses metrics ports that port %s leaves free', async (port, metrics) => {
    expect(await place.init('shop', ...ANSWERS, '--port', port)).toMatchObject({ exitCode: 0 });
    expect((load(place.read('shop/values/shop.yaml')) as { metrics?: object }).metrics).toEqual(metrics);
  });

  test('names the application after the folder, or as --name says', async () => {
    await place.init('The Shop_2', ...ANSWERS);
    await place.init('other', ...ANSWERS, '--name', 'blog');
    expect(place.filesBelow('The Shop_2')).toContain('values/the-shop-2.yaml');
    expect(place.filesBelow('other')).toContain('values/blog.yaml');
  });

  test('quotes the folder in the command', async () => {
    expect((await place.init("Bob's shop", ...ANSWERS)).stderr).toContain(
      "  cd 'Bob'\\''s shop' && npm install\n",
    );
  });

  test('takes an example as the image with --yes, and says so', async () => {
    const { exitCode, stderr } = await place.init('shop', '--yes');
    expect([exitCode, place.read('shop/values/shop.yaml')]).toEqual([
      0,
      expect.stringContaining('image: registry.example.com/shop:1.0.0\nworkers: 4\n'),
    ]);
    expect(stderr).toContain(
      'warning: image: registry.example.com/shop:1.0.0 is only an example; set your image\n',
    );
  });

  test('prints one JSON document with --format json', async () => {
    const { exitCode, stdout, stderr } = await place.init('shop', ...ANSWERS, '--format', 'json');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [],
      folder: 'shop',
      kept: [],
      next: ['cd shop && npm install', 'npx cdk8s synth'],
    });
  });
});

describe('--package', () => {
  const spec = async (given: string) => {
    const ran = await place.runInside('init', 'shop', ...ANSWERS, '--package', given);
    return {
      ...ran,
      spec: existsSync(place.path('shop'))
        ? manifest('shop/package.json')['devDependencies']?.['cdk8s-worker-metrics']
        : undefined,
    };
  };

  test.each([
    ['1.2.3', '1.2.3'],
    ['cdk8s-worker-metrics@^1.2.3', '^1.2.3'],
    ['git+https://git.example/team/it.git#v1', 'git+https://git.example/team/it.git#v1'],
    ['github:team/it', 'github:team/it'],
    ['https://example.com/it-1.0.0.tgz', 'https://example.com/it-1.0.0.tgz'],
  ])('%s is %s in package.json', async (given, expected) => {
    expect(await spec(given)).toMatchObject({ exitCode: 0, spec: expected });
  });

  test.each(['./it-1.0.0.tgz', 'it-1.0.0.tgz', 'file:it-1.0.0.tgz'])(
    '%s is copied into the project',
    async (given) => {
      place.write('it-1.0.0.tgz', 'a tarball');
      expect(await spec(given)).toMatchObject({ exitCode: 0, spec: 'file:vendor/it-1.0.0.tgz' });
      expect(place.read('shop/vendor/it-1.0.0.tgz')).toBe('a tarball');
    },
  );

  test('a folder is a link, with a warning: other machines do not have it', async () => {
    mkdirSync(place.path('clone'));
    expect(await spec('./clone')).toMatchObject({
      exitCode: 0,
      spec: 'file:../clone',
      stderr: expect.stringContaining(
        'warning: --package: clone is a folder of this machine: other machines and CI cannot install it; give ',
      ) as string,
    });
  });

  test('a file that does not exist is refused', async () => {
    expect(await spec('./none.tgz')).toMatchObject({
      exitCode: 1,
      spec: undefined,
      stderr: expect.stringMatching(
        /^--package: none\.tgz does not exist; give a version, .*\n1 problem; nothing was written\n$/,
      ) as string,
    });
  });

  test('is required in a clone, from which npm cannot install', async () => {
    expect(await place.runInside('init', 'shop', ...ANSWERS)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^--package: missing; this command runs in a folder that projects cannot install; give .*\n1 problem; nothing was written\n$/,
      ) as string,
    });
  });
});

test.each(['synth', 'diff', 'explain shop', 'costs'])(
  '%s names init where there is no folder of values',
  async (command) => {
    expect((await place.runInside(...command.split(' '))).stderr).toContain(
      'values: cannot be read: no such file or directory; make a project with "worker-metrics init", or name another with --values\n',
    );
  },
);

test('in a subfolder of a project, synth names the folder of the project', async () => {
  place.write('cdk8s.yaml', 'app: npx worker-metrics synth\n');
  place.write('values/shop.yaml', 'name: shop\nimage: a/b:1\nworkers: 2\n');
  place.write('charts/old/README.md', '');
  const { stderr } = await runMain(['synth'], { cwd: place.path('charts/old') });
  expect(stderr).toContain(
    'values: cannot be read: no such file or directory; run this in ../.., which has a folder values, or name another with --values\n',
  );
});
