import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { ROOT, run, type Ran } from '../run-command.js';

const SCRIPT = 'bin/from-source.cjs';
const HELLO = 'scripts/hello.ts';
const CACHE = 'node_modules/.cache/cdk8s-worker-metrics/bundles';
const folder = temporaryFolder();
const clone = path.join(folder, 'clone');
const bundles = path.join(clone, CACHE);

beforeEach(() => {
  rmSync(clone, { recursive: true, force: true });
  mkdirSync(path.join(clone, 'node_modules'), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules/esbuild'), path.join(clone, 'node_modules/esbuild'));
  cpSync(path.join(ROOT, 'bin'), path.join(clone, 'bin'), { recursive: true });
  write('Hello');
});

test('TypeScript runs as it is now, with nothing to build', () => {
  expect(hello('you')).toEqual({ exitCode: 0, stdout: 'Hello you\n', stderr: '' });
  write('Goodbye');
  expect(hello('you').stdout).toBe('Goodbye you\n');
});

test('a source of the same size and with the same time of modification is still a new source', () => {
  const time = new Date('2026-01-01');
  utimesSync(path.join(clone, HELLO), time, time);
  hello();
  write('Howdy');
  utimesSync(path.join(clone, HELLO), time, time);
  expect(hello('you').stdout).toBe('Howdy you\n');
});

test('a script finds files from its own place', () => {
  const script = 'scripts/hello/deep/say.ts';
  writeFiles(clone, {
    'scripts/hello/name.txt': 'you',
    [script]: `import { readFileSync } from 'node:fs';
export async function main(): Promise<number> {
  console.log('Hello', readFileSync(new URL('../name.txt', import.meta.url), 'utf8'));
  return 0;
}
`,
  });
  for (const _ of ['first run', 'second run'])
    expect(run(process.execPath, [path.join(clone, SCRIPT), script])).toMatchObject({
      stdout: 'Hello you\n',
    });
});

test('characters beyond ASCII are as they are in the source', () => {
  writeFiles(clone, {
    'scripts/hello.ts': `const tag = ([text]: TemplateStringsArray) => text;
export async function main(): Promise<number> {
  console.log('é→😀', tag\`é→😀\`, /^[é→]+😀$/u.test('é→😀'));
  return 0;
}
`,
  });
  for (const run of ['first', 'second']) expect(hello(run).stdout).toBe('é→😀 é→😀 true\n');
});

test('the second run uses the bundle and the compiled code of the first, and writes nothing', () => {
  hello();
  const before = files();
  expect(Object.keys(before)).toEqual([
    expect.stringMatching(/^hello-[0-9a-f]{20}\.cjs$/),
    expect.stringMatching(/^hello-[0-9a-f]{20}\.other\..*\.compiled$/),
    'hello.sources.json',
  ]);
  expect(hello('again').stdout).toBe('Hello again\n');
  expect(files()).toEqual(before);
});

test('a long run compiles for short runs, too', () => {
  cpSync(path.join(ROOT, 'src/long-run.ts'), path.join(clone, 'src/long-run.ts'));
  writeFiles(clone, {
    'scripts/hello.ts': `import { expectLongRun } from '../src/long-run.js';
export async function main([name]: string[]): Promise<number> {
  if (name === 'long') expectLongRun();
  return 0;
}
`,
  });
  hello('long');
  const before = files();
  expect(hello('short')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(files()).toEqual(before);
});

test('compiled code that V8 rejects is made again', () => {
  hello();
  const [, compiled = ''] = readdirSync(bundles);
  writeFileSync(path.join(bundles, compiled), 'of other settings');
  expect(hello('you').stdout).toBe('Hello you\n');
  expect(statSync(path.join(bundles, compiled)).size).toBeGreaterThan(100);
});

test('a change of a source that the bundle does not contain makes no new bundle', () => {
  hello();
  const before = files();
  writeFiles(clone, { 'scripts/another.ts': 'export const another = 1;\n' });
  expect(hello('you').stdout).toBe('Hello you\n');
  expect(files()).toEqual(before);
});

test('a source that changes while the bundle is made is seen by the next run', () => {
  const during = path.join(clone, 'during');
  const change = `
import { existsSync, writeFileSync } from 'node:fs';
const change = () => {
  if (existsSync(${JSON.stringify(during)}))
    writeFileSync(${JSON.stringify(path.join(clone, HELLO))}, ${JSON.stringify(helloSource('Salut'))});
};
BUNDLE.plugins = [{ name: 'during', setup: ({ onStart }) => onStart(change) }];
`;
  appendFileSync(path.join(clone, 'bin/esbuild-options.mjs'), change);
  writeFileSync(during, '');
  expect(hello('you').stdout).toBe('Salut you\n');
  rmSync(during);
  write('Hello');
  expect(hello('you').stdout).toBe('Hello you\n');
});

test('a run that fails, or prints help, leaves no compiled code: a whole run needs more functions', () => {
  const compiled = () => Object.keys(files()).filter((name) => name.endsWith('.compiled'));
  expect(hello('Nobody')).toEqual({ exitCode: 3, stdout: 'Hello Nobody\n', stderr: '' });
  hello('--help');
  expect(compiled()).toEqual([]);
  hello('You');
  expect(compiled()).toHaveLength(1);
});

test('two runs at once, the first ones, both end well', async () => {
  const runs = ['you', 'them'].map(
    (name) =>
      new Promise((resolve) => {
        execFile(process.execPath, [path.join(clone, SCRIPT), HELLO, name], (error, stdout) =>
          resolve([error?.code ?? 0, stdout]),
        );
      }),
  );
  expect(await Promise.all(runs)).toEqual([
    [0, 'Hello you\n'],
    [0, 'Hello them\n'],
  ]);
  expect(hello('again').stdout).toBe('Hello again\n');
});

describe('a clone', () => {
  const other = path.join(folder, 'other');
  beforeEach(() => rmSync(other, { recursive: true, force: true }));

  test('that is moved still runs, with the code that was compiled at its old place', () => {
    hello();
    const before = files();
    renameSync(clone, other);
    expect(hello('you', other)).toEqual({ exitCode: 0, stdout: 'Hello you\n', stderr: '' });
    expect(files(other)).toEqual(before);
  });

  test('that is copied reads the files beside its own sources', () => {
    writeFiles(clone, {
      'scripts/hello.ts': `import { readFileSync } from 'node:fs';
export async function main(): Promise<number> {
  console.log(readFileSync(new URL('../beside.txt', import.meta.url), 'utf8'));
  return 0;
}
`,
      'beside.txt': 'of the first',
    });
    expect(hello().stdout).toBe('of the first\n');
    cpSync(clone, other, { recursive: true });
    writeFiles(other, { 'beside.txt': 'of the copy' });
    expect(hello('', other).stdout).toBe('of the copy\n');
  });

  test('leaves no path of the machine in its bundle, wherever it is run from', () => {
    const runFrom = (cwd: string) => {
      rmSync(bundles, { recursive: true, force: true });
      run(process.execPath, [path.join(clone, SCRIPT), HELLO], { cwd });
      return Object.keys(files()).map((name) => readFileSync(path.join(bundles, name), 'utf8'))[0];
    };
    const bundle = runFrom(clone);
    expect(bundle).not.toContain(folder);
    expect(runFrom(ROOT)).toBe(bundle);
  });
});

test("in a clone of another user, files are kept with this user's caches", () => {
  writeFiles(clone, { 'node_modules/.cache': 'not a folder' });
  const caches = path.join(folder, 'caches');
  for (const run of ['first', 'second'])
    expect(hello(run, clone, caches)).toEqual({ exitCode: 0, stdout: `Hello ${run}\n`, stderr: '' });
  expect(readdirSync(path.join(caches, 'cdk8s-worker-metrics', encodeURIComponent(clone)))).toHaveLength(3);
});

test('where nothing can be kept it runs all the same', () => {
  writeFiles(clone, { 'node_modules/.cache': 'not a folder' });
  const nowhere = path.join(clone, 'node_modules/.cache');
  expect(hello('you', clone, nowhere)).toEqual({ exitCode: 0, stdout: 'Hello you\n', stderr: '' });
});

test('without esbuild it names the fix', () => {
  rmSync(path.join(clone, 'node_modules/esbuild'));
  expect(hello()).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'worker-metrics: esbuild is not installed; run `npm ci` in this repository first\n',
  });
});

function write(greeting: string): void {
  writeFiles(clone, { 'scripts/hello.ts': helloSource(greeting) });
}

function helloSource(greeting: string): string {
  return `export async function main([name]: string[]): Promise<number> {
  console.log('${greeting}', name);
  return name === 'Nobody' ? 3 : 0;
}
`;
}

function hello(name = '', where = clone, caches = path.join(folder, 'no-caches')): Ran {
  return run(process.execPath, [path.join(where, SCRIPT), HELLO, name], { env: { XDG_CACHE_HOME: caches } });
}

/** When each kept file was written. */
function files(where = clone): Record<string, number> {
  const kept = path.join(where, CACHE);
  return Object.fromEntries(readdirSync(kept).map((name) => [name, statSync(path.join(kept, name)).mtimeMs]));
}
