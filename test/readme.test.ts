import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { synthesize } from '../charts/synthesize.js';
import { checkManifests } from '../src/checks/check-manifests.js';
import type { Manifest } from '../src/kubernetes/manifest.js';
import { formatDiagnostic } from '../src/diagnostics/diagnostic.js';
import { parseValues } from '../src/values/parse-values.js';
import { filesIn, temporaryFolder, writeFiles } from './an-output-folder.js';
import { ROOT, run, workerMetrics } from './run-command.js';

// Every example in the README is run. A YAML block that begins with `# values/<file>.yaml` is a values file; a console
// block right after it shows what the command says of it, where that is not nothing; a ts block is a program.

interface Block {
  readonly language: string;
  readonly text: string;
}

const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const blocks: Block[] = Array.from(
  readme.matchAll(/^```(\w+)\n(.*?)^```$/gms),
  ([, language = '', text = '']) => ({
    language,
    text,
  }),
);

/** Values files, each with the console block right after it. */
const valuesFiles = blocks.flatMap(({ language, text }, i) => {
  const file = /^# (values\/[-\w]+\.yaml)\n/.exec(text)?.[1];
  const next = blocks[i + 1];
  const said = next?.language === 'console' ? /^\$ npm run synth\n(.+)$/s.exec(next.text)?.[1] : undefined;
  return language === 'yaml' && file !== undefined ? [{ file, text, said }] : [];
});

const right = valuesFiles.filter(({ said }) => said === undefined);
const wrong = valuesFiles.filter(({ said }) => said !== undefined);

test('there are examples of values files, right and wrong, and of a program', () => {
  expect(right.length).toBeGreaterThan(0);
  expect(wrong.length).toBeGreaterThan(0);
  expect(blocks.filter(({ language }) => language === 'ts').length).toBeGreaterThan(0);
});

test.each(right)('$file is synthesized without a problem', ({ file, text }) => {
  const { values, problems } = parseValues([{ file, text }]);
  expect(problems.map(formatDiagnostic)).toEqual([]);
  expect([...synthesize(values)].flatMap(({ findings }) => findings)).toEqual([]);
});

test('the examples that are right can stand beside each other', () => {
  expect(parseValues(right).problems).toEqual([]);
});

test.each(wrong)('of $file, the command says what the README says', ({ file, text, said }) => {
  const cwd = temporary;
  writeFiles(cwd, { [file]: text });
  expect(workerMetrics(['synth', '--values', file], { cwd })).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: said,
  });
});

const temporary = temporaryFolder();
const programs = blocks
  .filter(({ language }) => language === 'ts')
  .map(({ text }, i) => ({ number: i + 1, text }));

test.each(programs)('program $number has the types that it needs', ({ number, text }) => {
  const project = path.join(temporary, `types-${number}`);
  const library = path.join(ROOT, 'src/index.ts');
  writeFiles(project, {
    'package.json': '{ "type": "module" }',
    'main.ts': text,
    'tsconfig.json': JSON.stringify({
      extends: path.join(ROOT, 'tsconfig.json'),
      compilerOptions: { types: ['node'], paths: { 'cdk8s-worker-metrics': [library] } },
      include: ['main.ts'],
    }),
  });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(project, 'node_modules'));
  const tsc = run(path.join(ROOT, 'node_modules/.bin/tsc'), ['--project', project]);
  expect(tsc).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test.each(programs)(
  'program $number synthesizes manifests that nothing is wrong with',
  ({ number, text }) => {
    const program = path.join(temporary, `program-${number}.mjs`);
    const bundled = spawnSync(
      path.join(ROOT, 'node_modules/.bin/esbuild'),
      [
      '--loader=ts', '--bundle', '--platform=node', '--format=esm', '--log-level=error', `--outfile=${program}`,
      '--alias:cdk8s-worker-metrics=./src/index.ts',
      "--banner:js=import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    ], // prettier-ignore
      { cwd: ROOT, input: text, encoding: 'utf8' },
    );
    expect([bundled.status, bundled.stderr]).toEqual([0, '']);
    const output = path.join(temporary, `dist-${number}`);
    expect(run(process.execPath, [program], { env: { CDK8S_OUTDIR: output } })).toMatchObject({
      exitCode: 0,
    });
    // A file may be for a cluster of its own.
    const files = Object.values(filesIn(output)).map((yaml) =>
      parseAllDocuments(yaml).map((document) => document.toJS() as Manifest),
    );
    expect(files.flat().length).toBeGreaterThan(0);
    expect(files.flatMap(checkManifests)).toEqual([]);
  },
);

test('every npm script that the README names is there', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: object;
  };
  const named = Array.from(
    readme.matchAll(/npm (?:run )?(synth|test|bench|schema|check|e2e|build|format)\b/g),
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(0);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});

test('every file that the README links to is there', () => {
  const links = Array.from(readme.matchAll(/\]\(([^)#:]+)\)/g), ([, link = '']) => link);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((link) => !existsSync(path.join(ROOT, link)))).toEqual([]);
});

test('every option on a command line of the README is one of the command', () => {
  const { stdout } = workerMetrics(['synth', '--help']);
  const lines = blocks
    .filter(({ language }) => language === 'console')
    .flatMap(({ text }) => text.split('\n'));
  const options =
    lines
      .filter((line) => line.startsWith('$ npm run synth --'))
      .join(' ')
      .match(/ --[a-z]+/g) ?? [];
  for (const option of options) expect(stdout).toContain(option.trim());
});
