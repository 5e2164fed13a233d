import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { close, unprivileged } from '../closed-folders.js';
import { ROOT } from '../run-command.js';
import { Workplace } from './command-line.js';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

const ANSWERS = ['--image', 'a/b:1', '--workers', '8'];

/** Runs `init`, for a package that is published. */
function init(...args: readonly string[]) {
  return place.runInside('init', ...args, '--package', '^1.2.3');
}

/** All files below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(place.path(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(place.path(path.join(folder, name))).isFile())
    .toSorted();
}

function read(file: string): string {
  return readFileSync(place.path(file), 'utf8');
}

const manifest = (file: string) => JSON.parse(read(file)) as Record<string, Record<string, string>>;

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
    const { exitCode, stdout, stderr } = await init('shop', ...ANSWERS);
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(
      /^6 files written:\n(  shop\/.*\n){6}Next:\n  cd shop && npm install\n  npx cdk8s synth\n$/,
    );
    expect(filesBelow('shop')).toEqual(FILES);
    expect(existsSync(place.path('shop/dist'))).toBe(true);
  });

  test('writes values that synth takes, and the line by which editors find the schema', async () => {
    await init('shop', ...ANSWERS, '--port', '5000');
    expect(read('shop/values/shop.yaml')).toBe(
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
    await init('shop', ...ANSWERS);
    const tested = (
      JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Record<string, object>
    )['devDependencies'];
    const { 'cdk8s-worker-metrics': own, ...others } = manifest('shop/package.json')['devDependencies'] ?? {};
    expect(own).toBe('^1.2.3');
    expect(Object.keys(others)).toEqual(['cdk8s', 'cdk8s-cli', 'cdk8s-plus-28', 'constructs']);
    expect(tested).toMatchObject(others);
  });

  test('writes a workflow in which npm ci, diff, synth and trace run, in this order', async () => {
    await init('shop', ...ANSWERS);
    const { jobs } = load(read('shop/.github/workflows/manifests.yaml')) as {
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
    await init('shop', ...ANSWERS);
    expect(read('shop/README.md')).toMatch(/^# shop\n/);
    expect(read('shop/README.md').trim().split('\n').filter(Boolean).length).toBeLessThanOrEqual(10);
    expect(read('shop/README.md')).not.toContain('{{');
  });

  test('writes charts/main.ts in place of values with --typescript', async () => {
    await init('shop', ...ANSWERS, '--typescript');
    expect(filesBelow('shop')).toEqual(
      [...FILES.slice(0, 3), 'cdk8s.yaml', 'charts/main.ts', 'package.json', 'tsconfig.json'].toSorted(),
    );
    expect(read('shop/charts/main.ts')).toContain(
      "new WorkerApp(chart, 'app', {\n  name: 'shop',\n  image: 'a/b:1',\n  workers: 8,\n  http: { port: 8000 }\n});\n",
    );
    expect(load(read('shop/cdk8s.yaml'))).toEqual({ language: 'typescript', app: 'npx tsx charts/main.ts' });
  });

  test.each([
    ['80', { startPort: 8001 }],
    ['65535', { startPort: 8001 }],
    ['65534', { startPort: 8001 }],
    ['8000', undefined],
    ['8001', undefined],
  ])('chooses metrics ports that port %s leaves free', async (port, metrics) => {
    expect(await init('shop', ...ANSWERS, '--port', port)).toMatchObject({ exitCode: 0 });
    expect((load(read('shop/values/shop.yaml')) as { metrics?: object }).metrics).toEqual(metrics);
  });

  test('names the application after the folder, or as --name says', async () => {
    await init('The Shop_2', ...ANSWERS);
    await init('other', ...ANSWERS, '--name', 'blog');
    expect(filesBelow('The Shop_2')).toContain('values/the-shop-2.yaml');
    expect(filesBelow('other')).toContain('values/blog.yaml');
  });

  test('quotes the folder in the command', async () => {
    expect((await init("Bob's shop", ...ANSWERS)).stderr).toContain("  cd 'Bob'\\''s shop' && npm install\n");
  });

  test('takes an example as the image with --yes, and says so', async () => {
    const { exitCode, stderr } = await init('shop', '--yes');
    expect([exitCode, read('shop/values/shop.yaml')]).toEqual([
      0,
      expect.stringContaining('image: registry.example.com/shop:1.0.0\nworkers: 4\n'),
    ]);
    expect(stderr).toContain(
      'warning: image: registry.example.com/shop:1.0.0 is only an example; set your image\n',
    );
  });

  test('prints one JSON document with --format json', async () => {
    const { exitCode, stdout, stderr } = await init('shop', ...ANSWERS, '--format', 'json');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [],
      folder: 'shop',
      kept: [],
      next: ['cd shop && npm install', 'npx cdk8s synth'],
    });
  });
});

describe('init writes nothing', () => {
  test.each([
    [
      'without a terminal',
      ['shop'],
      'there is no terminal to ask in; give --image and --workers, for example --image registry.example.com/shop:1.0.0 --workers 4; or give --yes to begin with an example',
    ],
    [
      'without a terminal, and --workers alone',
      ['shop', '--workers', '3'],
      'there is no terminal to ask in; give --image, for example --image registry.example.com/shop:1.0.0; or give --yes to begin with an example',
    ],
    [
      'for a folder that cannot be a name',
      ['7 Up', ...ANSWERS],
      '--name: missing; the name of the folder, "7 Up", cannot be the name of an application',
    ],
    [
      'for a wrong number',
      ['shop', '--image', 'a', '--workers', '0'],
      '--workers: expected a whole number from 1 to 100, got 0',
    ],
    [
      'for a text as the number',
      ['shop', '--yes', '--port', 'http'],
      '--port: expected a whole number from 1 to 65535, got "http"',
    ],
    [
      'for an empty image',
      ['shop', '--image', '', '--workers', '1'],
      /^--image: expected an image reference .*, got ""$/,
    ],
    [
      'for a wrong name',
      ['shop', '--yes', '--name', 'Shop'],
      /^--name: expected a DNS-1035 label .*, got "Shop"$/,
    ],
  ])('%s', async (_, args, problem) => {
    const { exitCode, stdout, stderr } = await init(...args);
    const [first, ...others] = stderr.split('\n');
    expect([exitCode, stdout, others]).toEqual([1, '', ['1 problem; nothing was written', '']]);
    expect(first).toMatch(problem);
    expect(readdirSync(place.folder)).toEqual([]);
  });

  test('for several wrong answers, and names them all', async () => {
    const { stderr } = await init('shop', '--image', 'A', '--workers', '101', '--port', '0');
    expect(stderr).toMatch(/^--image: .*\n--workers: .*\n--port: .*\n3 problems; nothing was written\n$/);
  });

  test('in a file', async () => {
    place.write('shop', 'text');
    expect(await init('shop', ...ANSWERS)).toMatchObject({
      exitCode: 1,
      stderr: 'shop: not a folder; move it away\n1 problem; nothing was written\n',
    });
    expect(read('shop')).toBe('text');
  });

  test('where files are in the way of folders', async () => {
    place.write('shop/values', 'text');
    place.write('shop/.github', 'text');
    expect((await init('shop', ...ANSWERS)).stderr).toBe(
      'shop/values: not a folder; move it away\n' +
        'shop/.github: not a folder; move it away\n2 problems; nothing was written\n',
    );
    expect(filesBelow('shop')).toEqual(['.github', 'values']);
  });

  test('in a folder that it may not write', async () => {
    mkdirSync(place.path('shop'));
    chmodSync(place.folder, 0o755);
    close(place.path('shop'), 'unwritable');
    expect(await unprivileged(() => init('shop', ...ANSWERS))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^shop\/\S+: cannot be written: permission denied\n1 problem; nothing was written\n$/,
      ) as string,
    });
  });

  test('where one of its folders cannot be written, and removes the files that it wrote', async () => {
    mkdirSync(place.path('shop/values'), { recursive: true });
    for (const folder of ['', 'shop']) chmodSync(place.path(folder), 0o777);
    close(place.path('shop/values'), 'unwritable');
    const { exitCode, stderr } = await unprivileged(() => init('shop', ...ANSWERS));
    expect([exitCode, stderr]).toEqual([
      1,
      'shop/values/shop.yaml: cannot be written: permission denied\n1 problem; nothing was written\n',
    ]);
    expect(readdirSync(place.path('shop'))).toEqual(['values']);
  });
});

describe('in a folder with files, init', () => {
  test('keeps each file, and says which', async () => {
    const theirs = {
      'README.md': 'mine',
      '.gitignore': 'node_modules/\n',
      'values/shop.yaml': 'name: shop\n',
      'other.txt': '',
    };
    for (const [name, text] of Object.entries(theirs)) place.write(`shop/${name}`, text);
    const { exitCode, stderr } = await init('shop', ...ANSWERS);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      '3 files kept, already there:\n  shop/values/shop.yaml\n  shop/.gitignore\n  shop/README.md\nNext:\n',
    );
    for (const [name, text] of Object.entries(theirs)) expect(read(`shop/${name}`)).toBe(text);
  });

  test('asks for no answers when the application is described', async () => {
    place.write('shop/values/shop.yaml', 'name: shop\n');
    expect(await init('shop')).toMatchObject({
      exitCode: 0,
      stderr: expect.not.stringContaining('example') as string,
    });
  });

  test('writes nothing if another values file describes the application', async () => {
    place.write('shop/values/all.yml', 'name: shop\nimage: a\nworkers: 1\n---\nname: wrong\n');
    expect(await init('shop', ...ANSWERS)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^shop\/values\/shop.yaml:2: name: .*shop\/values\/all.yml.*\n1 problem; nothing was written\n$/,
      ) as string,
    });
    expect(filesBelow('shop')).toEqual(['values/all.yml']);
  });

  test.each([
    ['pnpm-lock.yaml', 'pnpm install', 'pnpm add --save-dev --save-exact cdk8s@'],
    ['yarn.lock', 'yarn install', 'yarn add --dev --exact cdk8s@'],
  ])('with a %s, the next command is %s', async (lockfile, install, add) => {
    place.write(lockfile, '');
    expect((await init('.', '--name', 'shop', ...ANSWERS)).stderr).toContain(`Next:\n  ${install}\n`);
    place.write('package.json', '{}');
    expect((await init('.', '--name', 'shop', ...ANSWERS)).stderr).toContain(`Next:\n  ${add}`);
  });

  test('changes nothing when it runs again', async () => {
    await init('shop', ...ANSWERS);
    const { exitCode, stderr } = await init('shop', '--yes');
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^0 files written\n6 files kept/)]);
    expect(read('shop/values/shop.yaml')).toContain('image: a/b:1\nworkers: 8\n');
  });

  test('keeps a link that leads nowhere', async () => {
    mkdirSync(place.path('shop'));
    symlinkSync('nowhere', place.path('shop/README.md'));
    expect((await init('shop', ...ANSWERS)).stderr).toContain(
      '1 file kept, already there:\n  shop/README.md\n',
    );
    expect(existsSync(place.path('shop/nowhere'))).toBe(false);
  });

  test('prints the packages to install, if the package.json lacks them', async () => {
    const theirs = '{ "dependencies": { "cdk8s": "^2.0.0" }, "devDependencies": { "constructs": "10.4.2" } }';
    place.write('package.json', theirs);
    const { stderr } = await init('.', '--name', 'shop', ...ANSWERS);
    expect(stderr).toMatch(
      /Next:\n  npm install --save-dev --save-exact cdk8s-cli@[\d.]+ cdk8s-plus-28@[\d.]+ 'cdk8s-worker-metrics@\^1\.2\.3'\n  npx cdk8s synth\n$/,
    );
    expect(read('package.json')).toBe(theirs);
  });

  test('prints npm install alone, if the package.json has all packages', async () => {
    await init('shop', ...ANSWERS);
    expect((await place.runInside('init', 'shop', '--name', 'blog', ...ANSWERS)).stderr).toMatch(
      /Next:\n  cd shop && npm install\n  npx cdk8s synth\n$/,
    );
  });

  test.each(['not JSON', '[]', 'null', '{ "dependencies": [] }'])(
    'takes %s as a package.json that lacks them all',
    async (text) => {
      place.write('shop/package.json', text);
      expect((await init('shop', ...ANSWERS)).stderr).toContain('--save-exact cdk8s@2');
      expect(read('shop/package.json')).toBe(text);
    },
  );

  test('prints the lines that existing files lack', async () => {
    place.write('shop/cdk8s.yaml', 'app: ts-node main.ts\n');
    place.write('shop/.gitignore', 'dist-old\n');
    place.write('shop/pnpm-lock.yaml', '');
    expect((await init('shop', ...ANSWERS)).stderr).toContain(
      'To do by hand:\n' +
        '  shop/cdk8s.yaml: set "app: npx worker-metrics synth", so that npx cdk8s synth writes these manifests\n' +
        '  shop/.gitignore: add the line "node_modules"\n' +
        '  shop/.github/workflows/manifests.yaml: replace "npm ci" by "pnpm install --frozen-lockfile", because there is a pnpm-lock.yaml\n',
    );
  });

  test('says where GitHub looks for the workflow, if the project is not the root of its repository', async () => {
    place.write('.git/HEAD', '');
    const { stderr } = await init('deploy/shop', ...ANSWERS);
    expect(stderr).toContain(
      '  deploy/shop/.github/workflows/manifests.yaml: move it to .github/workflows/manifests.yaml, where GitHub looks for it; add',
    );
    expect(stderr).toContain('working-directory: deploy/shop');
    expect((await init('.', '--name', 'shop', ...ANSWERS)).stderr).not.toContain('move it');
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
      expect(read('shop/vendor/it-1.0.0.tgz')).toBe('a tarball');
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
