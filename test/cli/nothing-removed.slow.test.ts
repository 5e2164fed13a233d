import { mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { ours } from '../an-output-folder.js';
import { BareRepository } from '../publish/bare-repository.js';
import { Workplace } from './command-line.js';

// A manifest is removed by a run that knows that nobody needs it, and by no other; each removal is named.

const app = (name: string, more = '') => `name: ${name}\nimage: x/y:1\nworkers: 1\n${more}`;

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  for (const name of ['a', 'b', 'c']) place.write(`values/${name}.yaml`, app(name));
});
afterEach(() => {
  delete process.env['WORKER_METRICS_VALUES'];
  place.remove();
});

function synth(...args: readonly string[]) {
  return place.runInside('synth', ...args);
}

/** The manifests in dist/, without the ends of their names. */
function manifests(folder = 'dist'): string[] {
  return (readdirSync(place.path(folder), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.k8s.yaml') && statSync(place.path(`${folder}/${file}`)).isFile())
    .map((file) => file.slice(0, -'.k8s.yaml'.length))
    .toSorted();
}

const KEPT = (name: string) => `dist/${name}.k8s.yaml: not in these values; kept; --prune removes it\n`;

describe('a run narrowed by --values', () => {
  beforeEach(() => synth());

  test('keeps the manifests of other applications, and names them', async () => {
    expect(await synth('--values', 'values/a.yaml')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `${KEPT('b')}${KEPT('c')}dist: 0 files written, 1 unchanged, 0 removed\n`,
    });
    expect(manifests()).toEqual(['a', 'b', 'c']);
  });

  test('removes them with --prune, and names them', async () => {
    expect((await synth('--values', 'values/a.yaml', '--prune')).stderr).toBe(
      'dist/b.k8s.yaml: removed: no values describe it\n' +
        'dist/c.k8s.yaml: removed: no values describe it\n' +
        'dist: 0 files written, 1 unchanged, 2 removed\n',
    );
    expect(manifests()).toEqual(['a']);
  });

  test('is a run with WORKER_METRICS_VALUES, too', async () => {
    process.env['WORKER_METRICS_VALUES'] = 'values/a.yaml:values/b.yaml';
    expect((await synth()).stderr).toContain(KEPT('c'));
    expect(manifests()).toEqual(['a', 'b', 'c']);
  });

  test('keeps the manifests of an application in an environment that its file no longer has: another file may describe it', async () => {
    place.write('values/a.yaml', app('a', 'environments: { dev: , live: }\n'));
    await synth();
    place.write('values/a.yaml', app('a', 'environments: { live: }\n'));
    await synth('--values', 'values/a.yaml');
    expect(manifests()).toContain('dev/a');
    await synth();
    expect(manifests()).toEqual(['b', 'c', 'live/a']);
  });

  test('says nothing of kept files with --quiet', async () => {
    expect((await synth('--values', 'values/a.yaml', '--quiet')).stderr).toBe('');
  });

  test('names ten kept files, and counts the others', async () => {
    for (let i = 1; i < 12; i++) place.write(`dist/old-${i}.k8s.yaml`, ours('old'));
    const { stderr } = await synth('--values', 'values/a.yaml');
    expect(stderr.match(/; kept; --prune removes it\n/g)).toHaveLength(10);
    expect(stderr).toContain('dist: 3 more files not in these values; kept; --prune removes them\n');
  });

  test('is no difference to check, unless --prune is given', async () => {
    const narrowed = ['check', '--values', 'values/a.yaml'];
    expect(await place.runInside(...narrowed)).toEqual({
      exitCode: 0,
      stdout: 'dist: 1 file up to date\n',
      stderr: KEPT('b') + KEPT('c'),
    });
    const { exitCode, stdout } = await place.runInside(...narrowed, '--prune');
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringContaining('dist/b.k8s.yaml is no longer described by any values'),
    ]);
  });
});

describe('a run of all values', () => {
  beforeEach(() => synth());

  test('removes the manifests of applications that are gone, and names each', async () => {
    rmSync(place.path('values/b.yaml'));
    expect((await synth()).stderr).toBe(
      'dist/b.k8s.yaml: removed: no values describe it\ndist: 0 files written, 2 unchanged, 1 removed\n',
    );
    expect(manifests()).toEqual(['a', 'c']);
  });

  test('removes nothing when a values file was moved into a subfolder', async () => {
    mkdirSync(place.path('values/team/deep'), { recursive: true });
    renameSync(place.path('values/b.yaml'), place.path('values/team/deep/b.yaml'));
    expect((await synth()).stderr).toBe('dist: 0 files written, 3 unchanged, 0 removed\n');
  });

  test.each([[['values']], [['values/']], [['./team/../values']], [['link']], [['values', 'team/d.yaml']]])(
    'is one with --values %j, which names the default folder',
    async (named) => {
      symlinkSync('values', place.path('link'));
      place.write('team/d.yaml', app('d'));
      rmSync(place.path('values/c.yaml'));
      const { stderr } = await synth(...named.flatMap((name) => ['--values', name]));
      expect(stderr).toContain('dist/c.k8s.yaml: removed: no values describe it\n');
      expect(manifests()).toEqual(named.length === 1 ? ['a', 'b'] : ['a', 'b', 'd']);
    },
  );

  test.each([
    ['has no values', () => rmSync(place.path('values/'), { recursive: true })],
    ['is empty', () => ['a', 'b', 'c'].forEach((name) => rmSync(place.path(`values/${name}.yaml`)))],
    [
      'leads to nothing in part',
      () => {
        rmSync(place.path('values/b.yaml'));
        symlinkSync('/nowhere', place.path('values/team'));
      },
    ],
  ])('removes nothing when the folder %s', async (_, change) => {
    change();
    expect((await synth()).exitCode).toBe(1);
    expect(manifests()).toEqual(['a', 'b', 'c']);
  });

  test('names both files of one application in two subfolders', async () => {
    place.write('values/x/shop.yaml', app('shop'));
    place.write('values/y/shop.yaml', app('shop'));
    const { exitCode, stderr } = await synth();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/values\/y\/shop\.yaml.*values\/x\/shop\.yaml|values\/x\/shop\.yaml.*values\/y/);
  });

  test('takes two files of one name in different subfolders', async () => {
    place.write('values/x/app.yaml', app('d'));
    place.write('values/y/app.yaml', app('e'));
    expect((await synth()).stderr).toBe('dist: 2 files written, 3 unchanged, 0 removed\n');
  });
});

describe('a run narrowed by --environment', () => {
  const everywhere =
    'environments: { dev: , live: }\ndelivery: { argocd: { repo: "https://git.example.com/a.git" } }\n';
  const onlyIn = (environment: string) => `environments: { ${environment}: { namespace: ${environment} } }\n`;
  beforeEach(async () => {
    place.write('values/b.yaml', app('b', everywhere.replace('dev: ,', 'dev: { namespace: dev },')));
    place.write('values/c.yaml', app('c', onlyIn('live')));
    await synth();
    rmSync(place.path('values/b.yaml'));
    place.write('values/d.yaml', app('d', onlyIn('dev')));
    await synth('--environment', 'dev');
  });

  test('keeps all manifests, those for delivery too', async () => {
    expect((await synth('--environment', 'live')).stderr).toBe(
      `${KEPT('live/b')}${KEPT('live/delivery/b')}dist: 0 files written, 1 unchanged, 0 removed\n`,
    );
    expect(manifests()).toEqual([
      'a', 'dev/b', 'dev/d', 'dev/delivery/b', 'live/b', 'live/c', 'live/delivery/b',
    ]); // prettier-ignore
  });

  test('removes those of this environment alone with --prune', async () => {
    expect((await synth('--environment', 'live', '--prune')).stderr).toContain(', 2 removed\n');
    expect(manifests()).toEqual(['a', 'dev/b', 'dev/d', 'dev/delivery/b', 'live/c']);
  });

  test('is no difference to check, unless --prune is given', async () => {
    const narrowed = ['check', '--environment', 'live'];
    expect((await place.runInside(...narrowed)).exitCode).toBe(0);
    expect((await place.runInside(...narrowed, '--prune')).exitCode).toBe(1);
  });
});

describe('publish', () => {
  let remote: BareRepository;
  const publish = (...more: readonly string[]) =>
    place.runInside('publish', '--repo', remote.url, '--branch', 'main', '--path', 'apps', ...more);
  const published = () => Object.keys(remote.contents('main'));
  beforeEach(async () => {
    remote = new BareRepository();
    await synth();
    await publish('--quiet');
  });
  afterEach(() => remote.remove());

  test('removes the manifest of an application that is gone, and names it', async () => {
    rmSync(place.path('values/b.yaml'));
    await synth();
    expect((await publish()).stderr).toMatch(
      /^main: apps\/b\.k8s\.yaml: removed\nmain: 0 files added, 0 changed, 1 removed, /,
    );
    expect(published()).toEqual(['apps/a.k8s.yaml', 'apps/c.k8s.yaml']);
  });

  test('keeps live applications after a narrowed run into an empty folder, and says why', async () => {
    rmSync(place.path('dist'), { recursive: true });
    await synth('--values', 'values/a.yaml');
    const { exitCode, stderr } = await publish();
    const kept = (name: string) =>
      `main: apps/${name}.k8s.yaml: kept: it is not in dist, but values describe it; run synth; --prune removes it\n`;
    expect([exitCode, stderr]).toEqual([0, `${kept('b')}${kept('c')}main: already has these manifests\n`]);
    expect(published()).toHaveLength(3);
    expect((await publish('--prune')).stderr).toContain(' 2 removed, ');
    expect(published()).toEqual(['apps/a.k8s.yaml']);
  });

  test('keeps them when WORKER_METRICS_VALUES narrows publish, too', async () => {
    rmSync(place.path('dist'), { recursive: true });
    process.env['WORKER_METRICS_VALUES'] = 'values/a.yaml';
    await synth();
    await publish();
    expect(published()).toHaveLength(3);
  });

  test('keeps all when the values cannot tell which applications are gone', async () => {
    rmSync(place.path('dist/c.k8s.yaml'));
    place.write('values/c.yaml', app('c').replace('workers: 1', 'workers: 0'));
    expect((await publish()).stderr).toContain(
      'main: apps/c.k8s.yaml: kept: the values have problems; run synth to see them; --prune removes it\n',
    );
    expect(published()).toHaveLength(3);
  });

  test('keeps the environment that was not synthesized', async () => {
    place.write('values/d.yaml', app('d', 'environments: { dev: , live: }\n'));
    await synth();
    await publish();
    rmSync(place.path('dist'), { recursive: true });
    await synth('--environment', 'dev');
    await publish();
    expect(published()).toEqual(['a', 'b', 'c', 'dev/d', 'live/d'].map((name) => `apps/${name}.k8s.yaml`));
  });

  test('keeps manifests in a folder that is no environment of its own: another publisher may own them', async () => {
    await place.runInside(
      'publish',
      '--repo',
      remote.url,
      '--branch',
      'main',
      '--path',
      'apps/team',
      '--quiet',
    );
    expect((await publish()).stderr).toContain(
      'main: apps/team/a.k8s.yaml: kept: dist has no environment team; --prune removes it\n',
    );
    expect(published()).toContain('apps/team/a.k8s.yaml');
    await publish('--prune');
    expect(published()).not.toContain('apps/team/a.k8s.yaml');
  });

  test('is refused when a manifest in the folder cannot be read, which would remove it from the branch', async () => {
    rmSync(place.path('dist/b.k8s.yaml'));
    symlinkSync('/nowhere', place.path('dist/b.k8s.yaml'));
    expect(await publish()).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'dist/b.k8s.yaml: cannot be read: no such file or directory; fix it, or move it away\n1 problem; not published\n',
    });
  });
});
