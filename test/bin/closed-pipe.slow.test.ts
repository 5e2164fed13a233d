import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { COMMAND } from '../run-command.js';

// `worker-metrics ... | head -1`: the reader has gone before all is said.

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
  let said = '';
  child[closed === 'stdout' ? 'stderr' : 'stdout'].on('data', (part: Buffer) => (said += String(part)));
  const exitCode = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { exitCode, said };
}

test.each([
  [['--help'], 0],
  [['synth', '--help'], 0],
  [['check', '--output', 'empty'], 1],
  [['explain', 'shop'], 0],
  [['costs'], 0],
])('%j ends as ever when nobody reads what it prints: exit code %i', async (args, exitCode) => {
  expect(await runWithout('stdout', args)).toEqual({ exitCode, said: '' });
});

test.each([
  [['synth', '--output', 'out'], 0],
  [['synth', '--values', 'wrong'], 1],
])('%j ends as ever when nobody reads what is wrong: exit code %i', async (args, exitCode) => {
  expect(await runWithout('stderr', args)).toEqual({ exitCode, said: '' });
});
