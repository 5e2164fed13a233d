import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { processIdSpace } from '../../src/output/process-ids.js';
import { OutputFolder } from '../../src/output/output-folder.js';
import { filesIn, leftBeside, ours, temporaryFolder, writeFiles } from '../an-output-folder.js';
import { ROOT, run } from '../run-command.js';

const root = temporaryFolder();
let folder: string;
let count = 0;
beforeEach(() => {
  folder = path.join(root, String((count += 1)), 'dist');
  mkdirSync(folder, { recursive: true });
});

const DEAD = 4_194_305; // above the highest process id of Linux
const HERE = processIdSpace();
const ELSEWHERE = '0123456789ab';
const HOUR = 3_600_000;

/** A staging folder of some run, to which nothing was written for some time. Returns its name. */
function left(name: string, { within = folder, age = 0 } = {}): string {
  writeFiles(within, { [`${name}/1`]: ours('half') });
  const then = new Date(Date.now() - age);
  utimesSync(path.join(within, name), then, then);
  return name;
}

function write(...places: readonly string[]): void {
  const output = OutputFolder.open(folder);
  for (const place of places) output.add(place, ours('a'));
  output.swap();
}

const hiddenIn = (within: string) => readdirSync(within).filter((name) => name.startsWith('.'));

test.each([
  ['a process that is no more', `.staging-${HERE}-${DEAD}-abcdef`, 0],
  ['a process that had our id, as ids repeat in containers', `.staging-${HERE}-${process.pid}-abcdef`, 0],
  ['who knows where, an hour ago', `.staging-${ELSEWHERE}-${process.ppid}-abcdef`, HOUR + 1000],
])('what is left of %s is removed, wherever it stands', (_, name, age) => {
  const folders = ['', 'dev', 'dev/delivery'].map((part) => path.join(folder, part));
  for (const within of folders) left(name, { within, age });
  write('a', 'dev/a', 'dev/delivery/a');
  expect(folders.flatMap(hiddenIn)).toEqual([]);
});

test('a run for one environment removes what is left of another that was to make its folder', () => {
  left(`.staging-${HERE}-${DEAD}-abcdef`);
  OutputFolder.open(folder, { environments: ['dev'] }).discard();
  expect(hiddenIn(folder)).toEqual([]);
});

test.each([
  ['a process that runs', `.staging-${HERE}-${process.ppid}-abcdef`, HOUR * 2],
  ['another container or machine, a moment ago', `.staging-${ELSEWHERE}-${DEAD}-abcdef`, HOUR - 10_000],
])('what belongs to %s is not touched', (_, name, age) => {
  left(name, { age });
  write('a');
  expect(hiddenIn(folder)).toEqual([name]);
});

test('a folder of the user that is called staging is not touched, however old', () => {
  const theirs = ['.staging-site', '.staging-2024-01-abcdef', `.staging-${ELSEWHERE}-1`];
  for (const name of theirs) left(name, { age: HOUR * 2 });
  left('.dist.staging-site', { within: path.dirname(folder), age: HOUR * 2 });
  write('a');
  expect(hiddenIn(folder)).toEqual(theirs.toSorted());
  expect(leftBeside(folder)).toEqual(['.dist.staging-site']);
});

test('what earlier versions left beside the folder is removed when it is old', () => {
  const beside = path.dirname(folder);
  left('.dist.staging-1-abcdef', { within: beside, age: HOUR + 1000 });
  const young = left('.dist.staging-2-abcdef', { within: beside });
  const anothers = left('.distant.staging-1-abcdef', { within: beside, age: HOUR + 1000 });
  write('a');
  expect(leftBeside(folder).toSorted()).toEqual([young, anothers]);
});

test('git sees nothing of it', () => {
  run('git', ['init', '--quiet', folder]);
  const output = OutputFolder.open(folder);
  output.add('a', ours('a'));
  expect(hiddenIn(folder)).toEqual(['.git', expect.stringMatching(/^\.staging-/)]);
  expect(run('git', ['status', '--porcelain'], { cwd: folder }).stdout).toBe('');
  output.discard();
});

const canUnshare = run('unshare', ['-rmpf', '--mount-proc', 'true']).exitCode === 0;
const inNamespace = canUnshare ? test : test.skip;

inNamespace(
  'a run in another PID namespace leaves a run of ours alone',
  async () => {
    writeFiles(path.dirname(folder), {
      'values/shop.yaml': 'name: shop\nimage: example/shop:v1\nworkers: 2\n',
    });
    const output = OutputFolder.open(folder);
    output.add('a', ours('a'));
    const command = [
      'unshare',
      '-rmpf',
      '--mount-proc',
      process.execPath,
      path.join(ROOT, 'bin/worker-metrics.mjs'),
    ];
    expect(await exitCodeOf([...command, 'synth', '--quiet'], path.dirname(folder))).toBe(0);
    output.swap();
    expect(filesIn(folder)).toMatchObject({ 'a.k8s.yaml': ours('a') });
  },
  60_000,
);

inNamespace(
  'a mount point is written as an output folder, and as the folder of an environment',
  async () => {
    const cwd = path.dirname(folder);
    mkdirSync(path.join(folder, 'dev'));
    writeFiles(cwd, {
      'values/shop.yaml': 'name: shop\nimage: example/shop:v1\nworkers: 2\nenvironments: { dev: , live: }\n',
      'run.sh': `set -e
      mount -t tmpfs none dist
      mkdir dist/dev
      mount -t tmpfs none dist/dev
      "$@" && "$@"
      cp -a dist seen`,
    });
    const command = [
      'unshare',
      '-rm',
      'sh',
      'run.sh',
      process.execPath,
      path.join(ROOT, 'bin/worker-metrics.mjs'),
    ];
    expect(await exitCodeOf([...command, 'synth', '--quiet'], cwd)).toBe(0);
    const seen = (readdirSync(path.join(cwd, 'seen'), { recursive: true }) as string[]).toSorted();
    expect(seen).toEqual(['dev', 'dev/shop.k8s.yaml', 'live', 'live/shop.k8s.yaml']);
  },
  60_000,
);

function exitCodeOf([file = '', ...args]: readonly string[], cwd: string): Promise<number | null> {
  const child = spawn(file, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => {
    child.on('close', resolve);
  });
}
