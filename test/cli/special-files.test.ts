import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { ours } from '../an-output-folder.js';
import { close, unprivileged } from '../closed-folders.js';
import { Workplace } from './command-line.js';

// Files that are no regular files: a pipe or a device is never waited for, and nothing of the user's is replaced.

const SHOP = 'name: shop\nimage: x/y:1\nworkers: 1\n';

let place: Workplace;
let server: Server | undefined;
beforeEach(() => (place = new Workplace()));
afterEach(() => {
  server?.close();
  place.remove();
});

const pipe = (name: string) => execFileSync('mkfifo', [place.path(name)]);

async function socket(name: string): Promise<void> {
  server = createServer();
  await new Promise<void>((listening) => server?.listen(place.path(name), listening));
}

const KINDS: [string, string, (name: string) => unknown][] = [
  ['a named pipe', 'not a regular file but a named pipe', pipe],
  ['a link to a named pipe', 'not a regular file but a named pipe', (name) => {
    pipe('pipe');
    symlinkSync(place.path('pipe'), place.path(name));
  }],
  ['a socket', 'not a regular file but a socket', socket],
  ['a link to a device', 'not a regular file but a device', (name) => symlinkSync('/dev/zero', place.path(name))],
]; // prettier-ignore

describe.each(KINDS)('%s', (_, problem, make) => {
  test.each([
    ['synth --values given', 'nothing was written', 1],
    ['diff --values given', 'nothing was compared', 2],
    ['costs --values given', 'nothing was computed', 1],
    ['trace given', 'nothing was traced', 1],
    ['import-helm given', 'nothing was written', 1],
  ])('is refused by %s', async (command, outcome, exitCode) => {
    await make('given');
    expect(await place.runInside(...command.split(' '))).toEqual({
      exitCode,
      stdout: '',
      stderr: `given: ${problem}\n1 problem; ${outcome}\n`,
    });
  });

  test('is refused in a folder of values, and as a Chart.yaml', async () => {
    mkdirSync(place.path('values'));
    await make('values/Chart.yaml');
    place.write('values/values.yaml', 'image: { repository: a }\n');
    expect((await place.runInside('synth')).stderr).toContain(`values/Chart.yaml: ${problem}\n`);
    expect((await place.runInside('import-helm', 'values/values.yaml')).stderr).toContain(
      `values/Chart.yaml: ${problem}\n1 problem; nothing was written\n`,
    );
  });

  test('in the place of a manifest stops a run, and stays', async () => {
    place.write('values/shop.yaml', SHOP);
    mkdirSync(place.path('dist'));
    await make('dist/shop.k8s.yaml');
    const before = lstatSync(place.path('dist/shop.k8s.yaml'));
    const inTheWay = `dist/shop.k8s.yaml: ${problem}; move it away, or name another folder with --output\n1 problem; nothing was `;
    expect((await place.runInside('synth')).stderr).toBe(`${inTheWay}written\n`);
    expect((await place.runInside('check')).stderr).toBe(`${inTheWay}compared\n`);
    expect((await place.runInside('trace')).stderr).toContain(`dist/shop.k8s.yaml: ${problem}\n`);
    expect((await place.runInside('publish', '--repo', 'nowhere', '--branch', 'main')).stderr).toBe(
      `dist/shop.k8s.yaml: ${problem}; fix it, or move it away\n1 problem; not published\n`,
    );
    expect(lstatSync(place.path('dist/shop.k8s.yaml'))).toMatchObject({ ino: before.ino, mode: before.mode });
  });

  test('beside the manifests stays, and is named', async () => {
    place.write('values/shop.yaml', SHOP);
    mkdirSync(place.path('dist'));
    await make('dist/other.k8s.yaml');
    expect(await place.runInside('synth')).toMatchObject({
      exitCode: 0,
      stderr: `dist/other.k8s.yaml: not in these values; kept: ${problem}; remove it by hand\ndist: 1 file written, 0 unchanged, 0 removed\n`,
    });
  });
});

describe('a link in the folder of manifests', () => {
  beforeEach(() => {
    place.write('values/shop.yaml', SHOP);
    place.write('elsewhere/mine.yaml', ours('mine'));
    mkdirSync(place.path('dist'));
  });

  test('is not replaced by a manifest, and neither is the file that it leads to', async () => {
    symlinkSync('../elsewhere/mine.yaml', place.path('dist/shop.k8s.yaml'));
    const inTheWay =
      'dist/shop.k8s.yaml: a link; move it away, or name another folder with --output\n1 problem; nothing was ';
    expect((await place.runInside('synth')).stderr).toBe(`${inTheWay}written\n`);
    expect((await place.runInside('check')).stderr).toBe(`${inTheWay}compared\n`);
    expect(readlinkSync(place.path('dist/shop.k8s.yaml'))).toBe('../elsewhere/mine.yaml');
    expect(readFileSync(place.path('elsewhere/mine.yaml'), 'utf8')).toBe(ours('mine'));
  });

  test('stays where its text is right', async () => {
    await place.runInside('synth', '--output', 'elsewhere');
    symlinkSync('../elsewhere/shop.k8s.yaml', place.path('dist/shop.k8s.yaml'));
    expect((await place.runInside('synth')).stderr).toBe('dist: 0 files written, 1 unchanged, 0 removed\n');
    expect((await place.runInside('check')).exitCode).toBe(0);
  });

  test('is not removed where no values describe it', async () => {
    symlinkSync('../elsewhere/mine.yaml', place.path('dist/old.k8s.yaml'));
    expect((await place.runInside('synth', '--prune')).stderr).toContain(
      'dist/old.k8s.yaml: not in these values; kept: a link; remove it by hand\n',
    );
    expect(readlinkSync(place.path('dist/old.k8s.yaml'))).toBe('../elsewhere/mine.yaml');
  });
});

test('a manifest that may not be read stays, and no publish removes it from the branch (root may read any)', async () => {
  place.write('values/shop.yaml', SHOP);
  await place.runInside('synth');
  place.write('dist/old.k8s.yaml', ours('old'));
  for (const name of ['', 'dist']) chmodSync(place.path(name), 0o777);
  close(place.path('dist/old.k8s.yaml'), 'unreadable');
  await place.runInside('publish', '--repo', 'nowhere', '--branch', 'main'); // loads it
  const closed = 'dist/old.k8s.yaml: cannot be read: permission denied; fix it, or move it away\n';
  expect(await unprivileged(() => place.runInside('synth'))).toMatchObject({
    exitCode: 0,
    stderr:
      'dist/old.k8s.yaml: not in these values; kept: cannot be read: permission denied; remove it by hand\n' +
      'dist: 0 files written, 1 unchanged, 0 removed\n',
  });
  expect(
    await unprivileged(() => place.runInside('publish', '--repo', 'nowhere', '--branch', 'main')),
  ).toMatchObject({ exitCode: 1, stderr: `${closed}1 problem; not published\n` });
});

test('a manifest in the linked folder of an environment stays, and goes when its environment is pruned', async () => {
  place.write('values/shop.yaml', `${SHOP}environments: { live: }\n`);
  place.write('elsewhere/old.k8s.yaml', ours('old'));
  mkdirSync(place.path('dist'));
  symlinkSync('../elsewhere', place.path('dist/live'));
  expect((await place.runInside('synth')).stderr).toBe(
    'dist/live/old.k8s.yaml: not in these values; kept: in a linked folder; remove it by hand\n' +
      'dist: 1 file written, 0 unchanged, 0 removed\n',
  );
  const pruned = await place.runInside(...'synth --environment live --environment live --prune'.split(' '));
  expect(pruned.stderr).toBe(
    'dist/live/old.k8s.yaml: removed: no values describe it\ndist: 0 files written, 1 unchanged, 1 removed\n',
  );
});

test("a hidden file that looks like a manifest is the user's, and stays", async () => {
  place.write('values/shop.yaml', SHOP);
  place.write('dist/.shop.k8s.yaml', ours('mine'));
  expect((await place.runInside('synth')).stderr).toBe('dist: 1 file written, 0 unchanged, 0 removed\n');
  expect(readFileSync(place.path('dist/.shop.k8s.yaml'), 'utf8')).toBe(ours('mine'));
});

test('a folder in the place of a manifest is called one', async () => {
  place.write('values/shop.yaml', SHOP);
  mkdirSync(place.path('dist/shop.k8s.yaml'), { recursive: true });
  expect((await place.runInside('synth')).stderr).toBe(
    'dist/shop.k8s.yaml: a folder; move it away, or name another folder with --output\n1 problem; nothing was written\n',
  );
});

test.each([
  ['synth', ['--output', '/proc/x'], '/proc/x: cannot be written: no such file or directory'],
  ['synth', ['--output', '/proc/x/y'], '/proc/x: cannot be written: no such file or directory'],
  ['synth', ['--output', '/dev/null/x'], '/dev/null/x: cannot be written: not a directory'],
  [
    'import-helm',
    ['helm.yaml', '--output', '/proc/x/y.yaml'],
    '/proc/x/y.yaml: cannot be written: no such file or directory',
  ],
])('%s %j is answered by one message', async (command, args, problem) => {
  place.write('values/shop.yaml', SHOP);
  place.write(
    'helm.yaml',
    'image: { repository: a/b, tag: v1 }\nenv: { config: { WEB_CONCURRENCY: 2 } }\nnameOverride: shop\n',
  );
  const { exitCode, stderr } = await place.runInside(command, ...args);
  expect([exitCode, stderr]).toEqual([1, `${problem}\n1 problem; nothing was written\n`]);
});
