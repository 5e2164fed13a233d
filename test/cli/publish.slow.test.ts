import { ours } from '../an-output-folder.js';
import { BareRepository } from '../publish/bare-repository.js';
import { Workplace } from './command-line.js';

const SHOP = 'name: shop\nimage: a/b:1\nworkers: 1\nenvironments: { dev: {}, live: {} }\n';

let place: Workplace;
let remote: BareRepository;
let flags: string[];
beforeEach(async () => {
  place = new Workplace();
  remote = new BareRepository();
  const output = ['--output', place.path('dist')];
  flags = ['--repo', remote.url, '--branch', 'main', ...output];
  await place.run('synth', '--values', place.write('values/shop.yaml', SHOP), ...output);
});
afterEach(() => {
  place.remove();
  remote.remove();
});

describe('worker-metrics publish', () => {
  test('publishes the folder of manifests, and prints the changes', async () => {
    const { exitCode, stdout, stderr } = await place.run('publish', ...flags, '--path', 'apps/');
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^main: 2 files added, 0 changed, 0 removed, commit [0-9a-f]{10}\n$/);
    expect(Object.keys(remote.contents('main'))).toEqual([
      'apps/dev/shop.k8s.yaml',
      'apps/live/shop.k8s.yaml',
    ]);
    expect((await place.run('publish', ...flags, '--path', 'apps')).stderr).toBe(
      'main: already has these manifests\n',
    );
  });

  test('warns if there is nothing to publish, but the values have changed since synth', async () => {
    const values = ['--values', place.path('values')];
    await place.run('publish', ...flags, ...values);
    const again = await place.run('publish', ...flags, ...values);
    expect(again.stderr).toBe('main: already has these manifests\n');
    place.write('values/shop.yaml', SHOP.replace('workers: 1', 'workers: 2'));
    const { exitCode, stderr } = await place.run('publish', ...flags, ...values);
    expect([exitCode, stderr]).toEqual([
      0,
      'main: already has these manifests\nwarning: dist: 2 files differ from the values; run synth first\n',
    ]);
  });

  test('publishes one environment to a branch of its own, and leaves other folders there', async () => {
    remote.commit('main', { 'test/other.k8s.yaml': ours('a') });
    await place.run('publish', ...flags, '--environment', 'live', '--quiet');
    expect(Object.keys(remote.contents('main'))).toEqual(['shop.k8s.yaml', 'test/other.k8s.yaml']);
  });

  test('refuses two environments', async () => {
    const { exitCode, stderr } = await place.run(
      'publish',
      ...flags,
      '--environment',
      'dev',
      '--environment',
      'live',
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "'live' is invalid. This command publishes one environment: run it once for each.",
    );
    expect(remote.heads()).toEqual(new Map());
  });

  test('shows the diff of a dry run', async () => {
    const { stdout, stderr } = await place.run('publish', ...flags, '--dry-run');
    expect(stdout).toContain('+++ b/dev/shop.k8s.yaml\n');
    expect(stderr).toBe('main: 2 files added, 0 changed, 0 removed; nothing was pushed\n');
    expect(remote.heads()).toEqual(new Map());
  });

  test.each([
    [['--path', '../x'], '--path: expected a folder such as apps/shop, got "../x"'],
    [['--path', '/x'], '--path: expected a folder such as apps/shop, got "/x"'],
    [['--path', 'x/.git'], '--path: expected a folder such as apps/shop, got "x/.git"'],
    [['--environment', 'test'], 'dist/test: contains no manifests that this program wrote; run synth first'],
    [
      ['--environment', 'deb'],
      'dist/deb: contains no manifests that this program wrote; did you mean "dev"?',
    ],
    [['--environment', '../x'], '--environment: expected a folder such as apps/shop, got "../x"'],
    [['--branch', 'a b'], `REMOTE: "a b" is not a valid branch name; give one such as main`],
  ])('refuses %j', async (more, expected) => {
    const { exitCode, stderr } = await place.run('publish', ...flags, ...more);
    expect([exitCode, stderr]).toEqual([
      1,
      `${expected.replace('REMOTE', remote.url)}\n1 problem; not published\n`,
    ]);
  });

  test('shows no credentials', async () => {
    const { exitCode, stderr } = await place.run(
      'publish',
      ...flags,
      '--repo',
      'http://me:s3cret@127.0.0.1:9/a.git',
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('http://***@127.0.0.1:9/a.git: ');
    expect(stderr).not.toMatch(/s3cret|me:/);
  });
});
