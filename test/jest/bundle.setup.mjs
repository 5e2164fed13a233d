// Before the tests, esbuild bundles the sources, and the packages that tests import. Jest loads every module anew in each
// test file: a thousand of them, one by one, took half of the time of `npm test`.
//
//   bundle.setup.mjs   makes the bundle
//   environment.mjs    compiles it once in each worker, and runs it in each test file: a module when it is first imported
//   transform.mjs      makes CommonJS of a test, whose imports look in the bundle first
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUNDLE } from '../../bin/esbuild-options.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Jest takes the bundle for this module: it gives the positions in a stack trace back to the sources. */
export const BUNDLE_MODULE = path.join(root, 'test/jest/bundle.ts');

const folder = path.join(root, 'node_modules/.cache/cdk8s-worker-metrics/tests');
const HOUR = 3_600_000;

const SOURCES = ['src', 'charts'];
/** Packages that jest loads by itself: they are jest's, or read files beside their own code. */
const NOT_BUNDLED = ['@jest/globals', 'axe-core', 'esbuild', 'playwright-core', 'yaml-language-server'];
const SEEDED = { 'fast-check': './test/jest/fast-check.ts' };

export default async function makeBundle() {
  const modules = [
    ...SOURCES.flatMap(typescriptIn).map((file) => [file, `./${file}`]),
    ...packagesOfTests().map((name) => [name, SEEDED[name] ?? name]),
  ];
  const entries = modules.map(
    ([name, request]) => `${JSON.stringify(name)}: () => require(${JSON.stringify(request)}),\n`,
  );
  const { outputFiles } = await build({
    ...BUNDLE,
    stdin: { contents: `module.exports = {\n${entries.join('')}};`, resolveDir: root },
    external: NOT_BUNDLED,
    conditions: ['import'], // some packages can only be imported, and none is in the bundle twice
    format: 'cjs',
    supported: { 'dynamic-import': false }, // everything is bundled, or required
    define: { 'import.meta.url': '__urlOfSources' },
    sourcemap: 'external',
    sourcesContent: false,
    outfile: BUNDLE_MODULE.replace(/\.ts$/, '.js'),
  });
  keep(Object.fromEntries(outputFiles.map((file) => [path.extname(file.path), file])));
}

/** The file of the bundle, or of its source map. */
export function bundleFile(extension) {
  return process.env.TEST_BUNDLE + extension;
}

/** Writes the files under a name of their content: another run may still read the bundle of other sources. */
function keep({ '.js': code, '.map': map }) {
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).map((name) => path.join(folder, name)))
    if (Date.now() - (statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? 0) > HOUR)
      rmSync(old, { force: true });
  process.env.TEST_BUNDLE = path.join(folder, code.hash.replaceAll(/\W/g, '-')); // workers inherit it
  writeFileSync(bundleFile('.js'), code.contents);
  writeFileSync(bundleFile('.map'), map.contents);
}

function packagesOfTests() {
  const IMPORT = /^(?:import (?!type)|\} ).*from '([^.'][^']*)';$/gm;
  const names = typescriptIn('test').flatMap((file) =>
    Array.from(readFileSync(path.join(root, file), 'utf8').matchAll(IMPORT), ([, name]) => name),
  );
  return Array.from(new Set(names)).filter(
    (name) => !name.startsWith('node:') && !NOT_BUNDLED.includes(name),
  );
}

function typescriptIn(name) {
  return readdirSync(path.join(root, name), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${name}/${file.replaceAll('\\', '/')}`);
}
