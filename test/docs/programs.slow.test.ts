import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { ROOT, run } from '../run-command.js';
import { blocksOf, PAGES } from './pages.js';

// TypeScript blocks that import this package are programs: they have the types that they need, and run.

const ENTRIES = { 'cdk8s-worker-metrics': 'src/index.ts', 'cdk8s-worker-metrics/stack': 'src/stack.ts' };

const programs = PAGES.flatMap((page) =>
  blocksOf(page)
    .filter(({ language, text }) => language === 'ts' && text.includes("from 'cdk8s-worker-metrics"))
    .map(({ text }, i) => ({ page, text, name: `${path.basename(page, '.md')}-${i + 1}` })),
);

const folder = temporaryFolder();
const entries = Object.entries(ENTRIES).map(([name, file]) => [name, path.join(ROOT, file)] as const);

/** Compiles programs. @param isWhole whether all that they import goes into one file */
function compile(some: typeof programs, isWhole: boolean) {
  return build({
    entryPoints: some.map(({ name }) => path.join(folder, `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    alias: Object.fromEntries(entries),
    packages: isWhole ? 'bundle' : 'external',
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
}

beforeAll(async () => {
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  writeFiles(folder, {
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({
      extends: path.join(ROOT, 'tsconfig.json'),
      compilerOptions: {
        types: ['node'],
        paths: Object.fromEntries(entries.map(([name, file]) => [name, [file]])),
      },
      include: ['*.ts'],
    }),
    ...Object.fromEntries(programs.map(({ name, text }) => [`${name}.ts`, text])),
  });
  const isReadme = ({ page }: (typeof programs)[number]) => page === 'README.md';
  await compile(programs.filter(isReadme), true); // users may bundle the package
  await compile(
    programs.filter((program) => !isReadme(program)),
    false,
  );
});

test('there are programs', () => {
  expect(programs.length).toBeGreaterThan(3);
});

test('programs have the types that they need', () => {
  const tsc = run(path.join(ROOT, 'node_modules/.bin/tsc'), ['--project', folder]);
  expect(tsc).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test.each(programs)('$page: program $name runs', ({ name }) => {
  const env = { CDK8S_OUTDIR: path.join(folder, `dist-${name}`) };
  expect(run(process.execPath, [path.join(folder, `${name}.mjs`)], { env })).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
});
