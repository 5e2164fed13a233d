import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { linksIn } from '../docs/pages.js';
import { temporaryFolder } from '../an-output-folder.js';
import { packed } from '../packed.js';
import { ROOT, run, succeeded } from '../run-command.js';

const folder = temporaryFolder();
const unpacked = path.join(folder, 'package');

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  succeeded(run('tar', ['-xzf', packed().tarball, '-C', folder]));
});

const textOf = (file: string) => readFileSync(path.join(unpacked, file), 'utf8');

/** The kinds of file in the package. */
const KINDS = {
  about: /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|lib\/LICENSES\.txt)$/,
  command: /^bin\/(worker-metrics|start|check-node|run-bundle|kept-files)\.cjs$/,
  code: /^lib\/(index|stack|check-node|cli\/(all|synth)|chunks\/[A-Z0-9]+)\.js$|^lib\/package\.json$/,
  types: /^lib\/types\/.*\.d\.ts$/,
  mounted: /^src\/.*\.(py|sh|rules\.yaml)$/,
  report: /^src\/report\/browser\/[\w.-]+$/,
  templates: /^src\/init\/templates\/[\w.-]+$/,
  shapes: /^src\/kubernetes-shapes\/[\w.-]+\.json$/,
  schema: /^schema\/values\.schema\.json$/,
  docs: /^docs\/.*\.(md|png)$/,
  examples: /^examples\//,
};

test('the package contains files of these kinds, and no other', () => {
  const { files } = packed();
  for (const [kind, pattern] of Object.entries(KINDS)) {
    expect({ kind, files: files.filter((file) => pattern.test(file)) }).not.toMatchObject({ files: [] });
  }
  const known = Object.values(KINDS);
  expect(files.filter((file) => !known.some((pattern) => pattern.test(file)))).toEqual([]);
});

test('the package contains no tests, no source maps, and nothing that is not committed, except lib/', () => {
  const committed = new Set(succeeded(run('git', ['ls-files'])).stdout.split('\n'));
  const { files } = packed();
  expect(files.filter((file) => /(^|\/)tests?\/|\.test\.|\.map$/.test(file))).toEqual([]);
  expect(files.filter((file) => !file.startsWith('lib/') && !committed.has(file))).toEqual([]);
  expect(files.filter((file) => file.endsWith('.js') && textOf(file).includes('sourceMappingURL='))).toEqual(
    [],
  );
});

test('every file of src/ that is not TypeScript is in the package: the code reads it', () => {
  const read = succeeded(run('git', ['ls-files', 'src']))
    .stdout.trim()
    .split('\n')
    .filter((file) => !file.endsWith('.ts'));
  expect(packed().files).toEqual(expect.arrayContaining(read));
});

test('every relative link in a page of the package leads to a file of the package', () => {
  const pages = packed().files.filter((file) => file.endsWith('.md') && !KINDS.templates.test(file));
  const broken = pages.flatMap((page) =>
    linksIn(textOf(page))
      .map((link) => link.replace(/#.*/, ''))
      .filter((link) => !existsSync(path.join(unpacked, path.dirname(page), link)))
      .map((link) => `${page}: ${link}`),
  );
  expect(pages).toContain('README.md');
  expect(broken).toEqual([]);
});

/** Names of the packages that files of the package import: code by what esbuild reads in it, types by their text. */
async function importedBy(files: readonly string[]): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: unpacked,
    entryPoints: files.filter((file) => file.endsWith('.js')),
    bundle: true,
    packages: 'external',
    platform: 'node',
    outdir: 'out',
    write: false,
    metafile: true,
  });
  const ofCode = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external).map((each) => each.path),
  );
  const ofTypes = files
    .filter((file) => file.endsWith('.d.ts'))
    .flatMap((file) => Array.from(textOf(file).matchAll(/\b(?:from |import\()["']([^."'][^"']*)["']/g)))
    .map(([, name = '']) => name);
  const packages = [...ofCode, ...ofTypes].filter((name) => !isBuiltin(name));
  return [...new Set(packages)].toSorted();
}

test('the constructs and their types import the peer dependencies, and no other package', async () => {
  const { peerDependencies, dependencies } = JSON.parse(textOf('package.json')) as Record<string, object>;
  const files = packed().files.filter((file) => /^lib\/(?!cli\/).*\.(js|d\.ts)$/.test(file));
  expect(await importedBy(files)).toEqual(Object.keys(peerDependencies ?? {}));
  expect(dependencies).toBeUndefined();
});

test('the command imports no package: cdk8s, too, is in it', async () => {
  expect(await importedBy(['lib/cli/all.js', 'lib/cli/synth.js'])).toEqual([]);
});

test.each(['cdk8s', 'commander', 're2js', 'zod', '@kubernetes-models/prometheus-operator'])(
  'the licence of %s, whose code is in the package, is in lib/LICENSES.txt',
  (name) => {
    const { version, license } = JSON.parse(
      readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8'),
    ) as { version: string; license: string };
    const [, after = ''] = textOf('lib/LICENSES.txt').split(`\n${name} ${version}: ${license}\n`);
    expect(after.slice(0, 2000)).toMatch(/copyright/i);
  },
);
