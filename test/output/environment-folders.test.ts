import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ours } from '../an-output-folder.js';
import { OutputFolder } from '../../src/output/output-folder.js';

const OURS = ours('');

let root: string;
let dist: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'environment-folders-'));
  dist = path.join(root, 'dist');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the folders of environments', () => {
  test('are made, with those for delivery in them', () => {
    expect(write(['a', 'dev/a', 'dev/delivery/a']).written).toEqual([
      'a.k8s.yaml',
      'dev/a.k8s.yaml',
      'dev/delivery/a.k8s.yaml',
    ]);
    expect(files()).toEqual(['a.k8s.yaml', 'dev/a.k8s.yaml', 'dev/delivery/a.k8s.yaml']);
  });

  test('are not touched where nothing changed', () => {
    write(['dev/a']);
    const before = statSync(path.join(dist, 'dev/a.k8s.yaml')).mtimeMs;
    expect(write(['dev/a'])).toEqual({ written: [], removed: [], kept: [], unchanged: 1 });
    expect(statSync(path.join(dist, 'dev/a.k8s.yaml')).mtimeMs).toBe(before);
  });

  test('lose the files that no longer belong, and go when they are empty', () => {
    write(['dev/a', 'dev/delivery/a', 'live/a', 'live/b']);
    expect(write(['live/b']).removed.toSorted()).toEqual([
      'dev/a.k8s.yaml',
      'dev/delivery/a.k8s.yaml',
      'live/a.k8s.yaml',
    ]);
    expect(readdirSync(dist)).toEqual(['live']);
  });

  test('stay when they hold something else', () => {
    write(['dev/a']);
    writeFileSync(path.join(dist, 'dev/README.md'), 'mine');
    write(['b']);
    expect(files()).toEqual(['b.k8s.yaml', 'dev/README.md']);
  });

  test('are left alone by a run for other environments', () => {
    write(['a', 'dev/a', 'live/a', 'live/b']);
    expect(write(['live/a'], ['live'])).toEqual({
      written: [],
      removed: ['live/b.k8s.yaml'],
      kept: [],
      unchanged: 1,
    });
    expect(files()).toEqual(['a.k8s.yaml', 'dev/a.k8s.yaml', 'live/a.k8s.yaml']);
  });

  test('keep the manifests that somebody else wrote', () => {
    write(['manual/a']);
    writeFileSync(path.join(dist, 'manual/theirs.k8s.yaml'), 'kind: Namespace\n');
    write(['dev/a']);
    expect(files()).toEqual(['dev/a.k8s.yaml', 'manual/theirs.k8s.yaml']);
  });

  test('are as they were when the run is given up', () => {
    write(['dev/a']);
    const folder = OutputFolder.open(dist);
    folder.add('dev/b', OURS);
    expect(files()).toEqual(['dev/a.k8s.yaml']);
    expect(readdirSync(root)).toEqual(['dist']);
  });
});

function write(places: readonly string[], environments?: readonly string[]) {
  const folder = OutputFolder.open(dist, { environments });
  for (const place of places) folder.add(place, OURS);
  return folder.write();
}

function files(): string[] {
  return (readdirSync(dist, { recursive: true }) as string[])
    .filter((file) => statSync(path.join(dist, file)).isFile())
    .map((file) => file.split(path.sep).join('/'))
    .toSorted();
}
