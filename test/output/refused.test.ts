import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { OutputFolder } from '../../src/output/output-folder.js';
import { filesIn, ours, temporaryFolder, writeFiles, type Files } from '../an-output-folder.js';
import { close, unprivileged } from '../closed-folders.js';

// What the system refuses in the middle of a run: each file is whole, and those that changed are named.

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

function write(folder: string, manifests: Files, beforeWrite = () => {}): void {
  const output = OutputFolder.open(folder);
  for (const [place, text] of Object.entries(manifests)) output.add(place, text);
  beforeWrite();
  output.write();
}

test('a file that cannot be replaced is named, with those that changed before it', async () => {
  const old = { 'dev/a.k8s.yaml': ours('old'), 'production/a.k8s.yaml': ours('old') };
  const folder = folderWith(old, 'production');
  const run = () => write(folder, { 'dev/a': ours('new'), 'production/a': ours('new') });
  await expect(unprivileged(run)).rejects.toMatchObject({
    files: [`${folder}/dev/a.k8s.yaml`],
    cause: { code: 'EACCES', path: `${folder}/production/a.k8s.yaml` },
  });
  expect(filesIn(path.join(folder, 'dev'))).toEqual({ 'a.k8s.yaml': ours('new') });
  expect(filesIn(path.join(folder, 'production'))).toEqual({ 'a.k8s.yaml': ours('old') });
});

test('a file that cannot be removed is named', async () => {
  const folder = folderWith({ 'production/gone.k8s.yaml': ours('old') }, 'production');
  const before = inside(folder);
  await expect(unprivileged(() => write(folder, {}))).rejects.toMatchObject({
    code: 'EACCES',
    path: `${folder}/production/gone.k8s.yaml`,
  });
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

test('a folder that takes the place of a file in the last moment is named, and nothing is left half-written', () => {
  const folder = folderWith({ 'a.k8s.yaml': ours('old'), 'gone.k8s.yaml': ours('gone') });
  const inTheWay = path.join(folder, 'z.k8s.yaml');
  const run = () => write(folder, { a: ours('new'), z: ours('z') }, () => mkdirSync(inTheWay));
  expect(run).toThrow(
    expect.objectContaining({
      files: [`${folder}/a.k8s.yaml`],
      cause: expect.objectContaining({ path: inTheWay }),
    }) as Error,
  );
  expect(readdirSync(folder).toSorted()).toEqual(['a.k8s.yaml', 'gone.k8s.yaml', 'z.k8s.yaml']);
});
