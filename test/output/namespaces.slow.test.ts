import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { OutputFolder } from '../../src/output/output-folder.js';
import { filesIn, ours, temporaryFolder, writeFiles } from '../an-output-folder.js';
import { COMMAND, run } from '../run-command.js';

const root = temporaryFolder();
let folder: string;
let count = 0;
beforeEach(() => {
  folder = path.join(root, String((count += 1)), 'dist');
  mkdirSync(folder, { recursive: true });
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
    const command = ['unshare', '-rmpf', '--mount-proc', process.execPath, COMMAND];
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
    const command = ['unshare', '-rm', 'sh', 'run.sh', process.execPath, COMMAND];
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
