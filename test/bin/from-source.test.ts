import { cpSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { ROOT, run, type Ran } from '../run-command.js';

const clone = temporaryFolder();
const bundles = path.join(clone, 'node_modules/.cache/cdk8s-worker-metrics/bundles');

beforeEach(() => {
  rmSync(path.join(clone, 'node_modules'), { recursive: true, force: true });
  mkdirSync(path.join(clone, 'node_modules'), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules/esbuild'), path.join(clone, 'node_modules/esbuild'));
  cpSync(path.join(ROOT, 'bin'), path.join(clone, 'bin'), { recursive: true });
  write('Hello');
});

test('TypeScript runs as it is now, with nothing to build', () => {
  expect(said('you')).toEqual({ exitCode: 3, stdout: 'Hello you\n', stderr: '' });
  write('Goodbye');
  expect(said('you').stdout).toBe('Goodbye you\n');
});

test('the first run leaves its bundle and what was compiled of it to the next, which writes nothing', () => {
  said();
  const before = files();
  expect(Object.keys(before)).toEqual([
    expect.stringMatching(/^hello-[0-9a-f]{20}\.cjs$/),
    expect.stringMatching(/^hello-[0-9a-f]{20}\.cjs\.compiled$/),
  ]);
  expect(said('again').stdout).toBe('Hello again\n');
  expect(files()).toEqual(before);
});

test('what another version of Node compiled is compiled again', () => {
  said();
  const [, compiled = ''] = readdirSync(bundles);
  writeFileSync(path.join(bundles, compiled), 'of another version');
  expect(said('you').stdout).toBe('Hello you\n');
  expect(statSync(path.join(bundles, compiled)).size).toBeGreaterThan(100);
});

test('where nothing can be kept it runs all the same', () => {
  writeFiles(clone, { 'node_modules/.cache': 'a file' });
  expect(said('you')).toEqual({ exitCode: 3, stdout: 'Hello you\n', stderr: '' });
});

test('without esbuild it says what to do', () => {
  rmSync(path.join(clone, 'node_modules/esbuild'));
  expect(said()).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'worker-metrics: esbuild is not installed; run `npm ci` in this repository first\n',
  });
});

function write(greeting: string): void {
  writeFiles(clone, {
    'scripts/hello.ts': `export async function main([name]: string[]): Promise<number> {
  console.log('${greeting}', name);
  return 3;
}
`,
  });
}

function said(...args: string[]): Ran {
  return run(process.execPath, [path.join(clone, 'bin/from-source.mjs'), 'scripts/hello.ts', ...args]);
}

/** When each kept file was written. */
function files(): Record<string, number> {
  return Object.fromEntries(
    readdirSync(bundles).map((name) => [name, statSync(path.join(bundles, name)).mtimeMs]),
  );
}
