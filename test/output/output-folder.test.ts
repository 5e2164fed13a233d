import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { OutputFolder } from '../../src/output/output-folder.js';
import { filesIn, leftBeside, ours, temporaryFolder, writeFiles, type Files } from '../an-output-folder.js';

const root = temporaryFolder();
let count = 0;

/** An output folder with these files, in a folder of its own. */
function folderWith(files: Files = {}): string {
  const folder = path.join(root, String((count += 1)), 'dist');
  mkdirSync(folder, { recursive: true });
  writeFiles(folder, files);
  return folder;
}

/** What a whole run does, with these manifests to be there: name → text. */
function write(folder: string, manifests: Files) {
  const output = OutputFolder.open(folder);
  for (const [name, text] of Object.entries(manifests)) output.add(name, text);
  return output.write();
}

test('manifests that were added are there after write, and none of them before', () => {
  const folder = folderWith();
  const output = OutputFolder.open(folder);
  output.add('a', ours('a'));
  output.add('b', ours('b'));
  expect(filesIn(folder)).toEqual({});
  expect(output.write()).toEqual({
    written: ['a.k8s.yaml', 'b.k8s.yaml'],
    removed: [],
    kept: [],
    unchanged: 0,
  });
  expect(filesIn(folder)).toEqual({ 'a.k8s.yaml': ours('a'), 'b.k8s.yaml': ours('b') });
});

test('folders that are not there are made', () => {
  const folder = path.join(folderWith(), 'deep/er');
  write(folder, { a: ours('a') });
  expect(filesIn(folder)).toEqual({ 'a.k8s.yaml': ours('a') });
});

test('a file whose text is the same is not touched', () => {
  const folder = folderWith({ 'a.k8s.yaml': ours('a'), 'b.k8s.yaml': ours('old') });
  const before = new Date(2020, 0, 1);
  for (const name of ['a', 'b']) utimesSync(path.join(folder, `${name}.k8s.yaml`), before, before);
  const inode = statSync(path.join(folder, 'a.k8s.yaml')).ino;
  expect(write(folder, { a: ours('a'), b: ours('new') })).toEqual({
    written: ['b.k8s.yaml'],
    removed: [],
    kept: [],
    unchanged: 1,
  });
  expect(statSync(path.join(folder, 'a.k8s.yaml'))).toMatchObject({ mtime: before, ino: inode });
  expect(statSync(path.join(folder, 'b.k8s.yaml')).mtime).not.toEqual(before);
});

test('our manifests that are no longer made are deleted', () => {
  const folder = folderWith({ 'a.k8s.yaml': ours('a'), 'old.k8s.yaml': ours('old') });
  expect(write(folder, { a: ours('a') })).toEqual({
    written: [],
    removed: ['old.k8s.yaml'],
    kept: [],
    unchanged: 1,
  });
  expect(filesIn(folder)).toEqual({ 'a.k8s.yaml': ours('a') });
});

test('files that are no manifests are left alone', () => {
  const others = { 'README.md': 'ours? no', 'a.yaml': ours('a'), '.gitkeep': '', 'k8s.yaml': 'x' };
  const folder = folderWith({ ...others, 'old.k8s.yaml': ours('old') });
  write(folder, { a: ours('a') });
  expect(filesIn(folder)).toEqual({ ...others, 'a.k8s.yaml': ours('a') });
});

test('manifests that somebody else wrote are left alone', () => {
  const theirs = {
    'theirs.k8s.yaml': 'kind: Namespace\n',
    'empty.k8s.yaml': '',
    'about-ours.k8s.yaml':
      'metadata:\n  name: a\nspec:\n  matchLabels:\n    app.kubernetes.io/managed-by: cdk8s-worker-metrics\n',
  };
  const folder = folderWith({ 'a.k8s.yaml': ours('a'), ...theirs });
  expect(write(folder, { b: ours('b') }).removed).toEqual(['a.k8s.yaml']);
  expect(filesIn(folder)).toEqual({ 'b.k8s.yaml': ours('b'), ...theirs });
});

test('a file that cannot be read is kept, too', () => {
  const folder = folderWith({ 'a.k8s.yaml': ours('old') });
  symlinkSync('/nowhere', path.join(folder, 'link.k8s.yaml'));
  expect(write(folder, { a: ours('new') })).toEqual({
    written: ['a.k8s.yaml'],
    removed: [],
    kept: [{ file: 'link.k8s.yaml', obstacle: 'cannot be read: no such file or directory' }],
    unchanged: 0,
  });
});

test('a file of somebody else is not overwritten, but named', () => {
  const files = { 'a.k8s.yaml': 'kind: Namespace\n', 'b.k8s.yaml': ours('old') };
  const folder = folderWith(files);
  const output = OutputFolder.open(folder);
  output.add('a', ours('a'));
  output.add('b', ours('b'));
  expect(output.inTheWay.map(({ file }) => file)).toEqual([path.join(folder, 'a.k8s.yaml')]);
  expect(output.write()).toEqual({ written: ['b.k8s.yaml'], removed: [], kept: [], unchanged: 0 });
  expect(filesIn(folder)).toEqual({ ...files, 'b.k8s.yaml': ours('b') });
});

test.each([
  ['of a run that was killed', 61_000, false],
  ['of a run that may still go on', 30_000, true],
])('a temporary file %s is removed, or left', (_, age, stays) => {
  const temporary = '.a.k8s.yaml.0123abcd.tmp';
  const folder = folderWith({ [temporary]: ours('half'), [`production/${temporary}`]: ours('half') });
  const then = new Date(Date.now() - age);
  for (const within of ['', 'production']) utimesSync(path.join(folder, within, temporary), then, then);
  write(folder, { a: ours('a'), 'production/a': ours('a') });
  expect(['', 'production'].map((within) => existsSync(path.join(folder, within, temporary)))).toEqual([
    stays,
    stays,
  ]);
});

test.each(['.staging-site', '.a.k8s.yaml.old.tmp', 'a.k8s.yaml.0123abcd.tmp'])(
  'a file of the user named %s is never removed',
  (name) => {
    const folder = folderWith({ [name]: 'theirs' });
    const then = new Date(2020, 0, 1);
    utimesSync(path.join(folder, name), then, then);
    write(folder, { a: ours('a') });
    expect(existsSync(path.join(folder, name))).toBe(true);
  },
);

test('nothing else is in the folder or beside it after write', () => {
  const folder = folderWith();
  write(folder, { a: ours('a') });
  expect([readdirSync(folder), leftBeside(folder)]).toEqual([['a.k8s.yaml'], []]);
});

describe('another file system', () => {
  const elsewhere = path.join('/dev/shm', path.basename(root));
  beforeEach(() => mkdirSync(elsewhere));
  afterEach(() => rmSync(elsewhere, { recursive: true }));

  test('is written where a link to it is the output folder', () => {
    const folder = path.join(folderWith(), 'linked');
    symlinkSync(elsewhere, folder);
    write(folder, { a: ours('a') });
    expect(filesIn(folder)).toEqual({ 'a.k8s.yaml': ours('a') });
  });

  test('is written where a link to it is the folder of an environment', () => {
    const folder = folderWith();
    symlinkSync(elsewhere, path.join(folder, 'production'));
    write(folder, { a: ours('a'), 'production/a': ours('a'), 'production/delivery/a': ours('d') });
    expect(filesIn(path.join(folder, 'production'))).toEqual({ 'a.k8s.yaml': ours('a') });
    expect(filesIn(path.join(folder, 'production/delivery'))).toEqual({ 'a.k8s.yaml': ours('d') });
    expect(readdirSync(elsewhere).toSorted()).toEqual(['a.k8s.yaml', 'delivery']);
  });
});
