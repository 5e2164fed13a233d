import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { FileMoves } from '../../src/output/file-moves.js';
import { OutputFolder } from '../../src/output/output-folder.js';
import { filesIn, ours, temporaryFolder, writeFiles, type Files } from '../an-output-folder.js';
import { close, unprivileged } from '../closed-folders.js';

// What the system refuses in the middle of a run: the folder is then as it was before.

const root = temporaryFolder();
chmodSync(root, 0o755);
let count = 0;

/** An output folder with these files, open to everybody; the folders named are closed to writing. */
function folderWith(files: Files, ...closed: readonly string[]): string {
  const folder = path.join(root, String((count += 1)));
  writeFiles(folder, files);
  chmodSync(folder, 0o777);
  for (const name of readdirSync(folder))
    if (statSync(path.join(folder, name)).isDirectory()) chmodSync(path.join(folder, name), 0o777);
  for (const name of closed) close(path.join(folder, name), 'unwritable');
  return folder;
}

/** All in a folder: which file, its text, and since when. */
function inside(folder: string) {
  return (readdirSync(folder, { recursive: true }) as string[]).toSorted().map((name) => {
    const { ino, mtimeMs } = statSync(path.join(folder, name));
    return statSync(path.join(folder, name)).isFile()
      ? { name, ino, mtimeMs, text: filesIn(path.dirname(path.join(folder, name)))[path.basename(name)] }
      : { name };
  });
}

function write(folder: string, manifests: Files, beforeSwap = () => {}): void {
  const output = OutputFolder.open(folder);
  try {
    for (const [place, text] of Object.entries(manifests)) output.add(place, text);
    beforeSwap();
    output.swap();
  } finally {
    output.discard();
  }
}

test('a folder in which a file should be replaced is named when it is not ours to write', async () => {
  const old = { 'dev/a.k8s.yaml': ours('old'), 'production/a.k8s.yaml': ours('old') };
  const folder = folderWith(old, 'production');
  const before = inside(folder);
  const run = () => write(folder, { 'dev/a': ours('new'), 'production/a': ours('new') });
  await expect(unprivileged(run)).rejects.toMatchObject({ code: 'EACCES', path: `${folder}/production` });
  expect(inside(folder)).toEqual(before);
});

test('a folder from which a file should go is named when it is not ours to write', async () => {
  const old = { 'dev/a.k8s.yaml': ours('old'), 'production/gone.k8s.yaml': ours('old') };
  const folder = folderWith(old, 'production');
  const before = inside(folder);
  const run = () => write(folder, { 'dev/a': ours('new') });
  await expect(unprivileged(run)).rejects.toMatchObject({ code: 'EACCES', path: `${folder}/production` });
  expect(inside(folder)).toEqual(before);
});

test('a folder where nothing changes need not be ours to write', async () => {
  const folder = folderWith(
    { 'dev/a.k8s.yaml': ours('old'), 'production/a.k8s.yaml': ours('a') },
    'production',
    '.',
  );
  await unprivileged(() => write(folder, { 'dev/a': ours('new'), 'production/a': ours('a') }));
  expect(filesIn(path.join(folder, 'dev'))).toEqual({ 'a.k8s.yaml': ours('new') });
});

test('what was moved is put back when a later file is refused, which is named', () => {
  const folder = folderWith({ 'a.k8s.yaml': ours('old'), 'gone.k8s.yaml': ours('gone') });
  const before = inside(folder);
  const inTheWay = path.join(folder, 'z.k8s.yaml');
  const run = () =>
    write(
      folder,
      { a: ours('new'), b: ours('b'), 'live/delivery/a': ours('live'), z: ours('z') },
      () => mkdirSync(inTheWay), // by somebody else, in the last moment
    );
  expect(run).toThrow(expect.objectContaining({ path: inTheWay }) as Error);
  expect(inside(folder)).toEqual([...before, { name: 'z.k8s.yaml' }]);
});

describe('moves of files', () => {
  test('can all be taken back', () => {
    const folder = folderWith({ 'a.txt': 'old', 'b.txt': 'b', 'kept/new-a': 'new', 'kept/new-c': 'new' });
    const at = (name: string) => path.join(folder, name);
    const before = inside(folder);
    const moves = new FileMoves();
    moves.makeFolder(at('one/two'));
    moves.replace(at('a.txt'), at('kept/new-a'));
    moves.replace(at('one/two/c.txt'), at('kept/new-c'));
    moves.remove(at('b.txt'), at('kept/b'));
    expect(filesIn(folder)).toEqual({ 'a.txt': 'new' });
    expect(filesIn(at('one/two'))).toEqual({ 'c.txt': 'new' });
    expect(moves.takeBack()).toEqual([]);
    expect(inside(folder)).toEqual(before.filter(({ name }) => !name.startsWith('kept/')));
  });

  test('leave alone what another run has removed', () => {
    const folder = folderWith({ 'kept/.keep': '' });
    const moves = new FileMoves();
    moves.remove(path.join(folder, 'a.txt'), path.join(folder, 'kept/a'));
    expect(moves.takeBack()).toEqual([]);
  });

  test('that cannot be taken back are named, and the others are taken back', () => {
    const folder = folderWith({ 'a.txt': 'old', 'b.txt': 'b', 'kept/a': 'new' });
    const at = (name: string) => path.join(folder, name);
    const moves = new FileMoves();
    moves.replace(at('a.txt'), at('kept/a'));
    moves.remove(at('b.txt'), at('kept/b'));
    mkdirSync(at('b.txt'));
    expect(moves.takeBack()).toEqual([at('b.txt')]);
    expect(filesIn(folder)).toEqual({ 'a.txt': 'old' });
  });
});
