import { spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { COMMAND } from '../run-command.js';

// `worker-metrics ... | head -1`: the reader has gone before all is printed.

const cwd = temporaryFolder();
mkdirSync(path.join(cwd, 'empty'));
writeFiles(cwd, {
  'values/shop.yaml': 'name: shop\nimage: example/shop:v1\nworkers: 2\n',
  'wrong/shop.yaml': 'name: shop\n',
});

/** Runs the command with one of its streams closed by the reader; the other one tells what it has to say. */
async function runWithout(closed: 'stdout' | 'stderr', args: readonly string[]) {
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  child[closed].destroy();
  let output = '';
  child[closed === 'stdout' ? 'stderr' : 'stdout'].on('data', (part: Buffer) => (output += String(part)));
  const exitCode = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { exitCode, output };
}

test.each([
  [['--help'], 0],
  [['synth', '--help'], 0],
  [['check', '--output', 'empty'], 1],
  [['explain', 'shop'], 0],
  [['costs'], 0],
  [['synth', '--output', '-'], 0],
])('%j ends as usual when nobody reads its result: exit code %i', async (args, exitCode) => {
  expect(await runWithout('stdout', args)).toEqual({ exitCode, output: '' });
});

test.each([
  [['synth', '--output', 'out'], 0],
  [['synth', '--values', 'wrong'], 1],
])('%j ends as usual when nobody reads its errors: exit code %i', async (args, exitCode) => {
  expect(await runWithout('stderr', args)).toEqual({ exitCode, output: '' });
});

test.each([
  [['--help'], 1],
  [['explain', 'shop'], 1],
  [['synth', '--output', '-'], 1],
  [['diff', '--output', 'empty'], 2],
  [['check', '--output', 'empty', '--format', 'json'], 2],
])('%j says in one line that the disk is full, with exit code %i', (args, exitCode) => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  const reported = 'standard output: cannot be written: no space left on device\n';
  expect([status, stderr]).toEqual([exitCode, reported]);
});

test('synth writes its files even if its messages find a full disk', () => {
  const full = openSync('/dev/full', 'w');
  const stdio: StdioOptions = ['ignore', 'pipe', full];
  const { status } = spawnSync(process.execPath, [COMMAND, 'synth', '--output', 'written'], { cwd, stdio });
  closeSync(full);
  expect([status, readdirSync(path.join(cwd, 'written'))]).toEqual([0, ['shop.k8s.yaml']]);
});
