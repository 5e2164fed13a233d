import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { ANSWERS, InitPlace } from './init-place.js';

let place: InitPlace;
beforeEach(() => {
  place = new InitPlace();
});
afterEach(() => place.remove());

describe('in a folder with files, init', () => {
  test('keeps each file, and says which', async () => {
    const theirs = {
      'README.md': 'mine',
      '.gitignore': 'node_modules/\n',
      'values/shop.yaml': 'name: shop\n',
      'other.txt': '',
    };
    for (const [name, text] of Object.entries(theirs)) place.write(`shop/${name}`, text);
    const { exitCode, stderr } = await place.init('shop', ...ANSWERS);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      '3 files kept, already there:\n  shop/values/shop.yaml\n  shop/.gitignore\n  shop/README.md\nNext:\n',
    );
    for (const [name, text] of Object.entries(theirs)) expect(place.read(`shop/${name}`)).toBe(text);
  });

  test('asks for no answers when the application is described', async () => {
    place.write('shop/values/shop.yaml', 'name: shop\n');
    expect(await place.init('shop')).toMatchObject({
      exitCode: 0,
      stderr: expect.not.stringContaining('example') as string,
    });
  });

  test('writes nothing if another values file describes the application', async () => {
    place.write('shop/values/all.yml', 'name: shop\nimage: a\nworkers: 1\n---\nname: wrong\n');
    expect(await place.init('shop', ...ANSWERS)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^shop\/values\/shop.yaml:2: name: .*shop\/values\/all.yml.*\n1 problem; nothing was written\n$/,
      ) as string,
    });
    expect(place.filesBelow('shop')).toEqual(['values/all.yml']);
  });

  test.each([
    ['pnpm-lock.yaml', 'pnpm install', 'pnpm add --save-dev --save-exact cdk8s@'],
    ['yarn.lock', 'yarn install', 'yarn add --dev --exact cdk8s@'],
  ])('with a %s, the next command is %s', async (lockfile, install, add) => {
    place.write(lockfile, '');
    expect((await place.init('.', '--name', 'shop', ...ANSWERS)).stderr).toContain(`Next:\n  ${install}\n`);
    place.write('package.json', '{}');
    expect((await place.init('.', '--name', 'shop', ...ANSWERS)).stderr).toContain(`Next:\n  ${add}`);
  });

  test('changes nothing when it runs again', async () => {
    await place.init('shop', ...ANSWERS);
    const { exitCode, stderr } = await place.init('shop', '--yes');
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^0 files written\n6 files kept/)]);
    expect(place.read('shop/values/shop.yaml')).toContain('image: a/b:1\nworkers: 8\n');
  });

  test('keeps a link that leads nowhere', async () => {
    mkdirSync(place.path('shop'));
    symlinkSync('nowhere', place.path('shop/README.md'));
    expect((await place.init('shop', ...ANSWERS)).stderr).toContain(
      '1 file kept, already there:\n  shop/README.md\n',
    );
    expect(existsSync(place.path('shop/nowhere'))).toBe(false);
  });

  test('prints the packages to install, if the package.json lacks them', async () => {
    const theirs = '{ "dependencies": { "cdk8s": "^2.0.0" }, "devDependencies": { "constructs": "10.4.2" } }';
    place.write('package.json', theirs);
    const { stderr } = await place.init('.', '--name', 'shop', ...ANSWERS);
    expect(stderr).toMatch(
      /Next:\n  npm install --save-dev --save-exact cdk8s-cli@[\d.]+ cdk8s-plus-28@[\d.]+ 'cdk8s-worker-metrics@\^1\.2\.3'\n  npx cdk8s synth\n$/,
    );
    expect(place.read('package.json')).toBe(theirs);
  });

  test('prints npm install alone, if the package.json has all packages', async () => {
    await place.init('shop', ...ANSWERS);
    expect((await place.runInside('init', 'shop', '--name', 'blog', ...ANSWERS)).stderr).toMatch(
      /Next:\n  cd shop && npm install\n  npx cdk8s synth\n$/,
    );
  });

  test.each(['not JSON', '[]', 'null', '{ "dependencies": [] }'])(
    'takes %s as a package.json that lacks them all',
    async (text) => {
      place.write('shop/package.json', text);
      expect((await place.init('shop', ...ANSWERS)).stderr).toContain('--save-exact cdk8s@2');
      expect(place.read('shop/package.json')).toBe(text);
    },
  );

  test('prints the lines that existing files lack', async () => {
    place.write('shop/cdk8s.yaml', 'app: ts-node main.ts\n');
    place.write('shop/.gitignore', 'dist-old\n');
    place.write('shop/pnpm-lock.yaml', '');
    expect((await place.init('shop', ...ANSWERS)).stderr).toContain(
      'To do by hand:\n' +
        '  shop/cdk8s.yaml: set "app: npx worker-metrics synth", so that npx cdk8s synth writes these manifests\n' +
        '  shop/.gitignore: add the line "node_modules"\n' +
        '  shop/.github/workflows/manifests.yaml: replace "npm ci" by "pnpm install --frozen-lockfile", because there is a pnpm-lock.yaml\n',
    );
  });

  test('says where GitHub looks for the workflow, if the project is not the root of its repository', async () => {
    place.write('.git/HEAD', '');
    const { stderr } = await place.init('deploy/shop', ...ANSWERS);
    expect(stderr).toContain(
      '  deploy/shop/.github/workflows/manifests.yaml: move it to .github/workflows/manifests.yaml, where GitHub looks for it; add',
    );
    expect(stderr).toContain('working-directory: deploy/shop');
    expect((await place.init('.', '--name', 'shop', ...ANSWERS)).stderr).not.toContain('move it');
  });
});
