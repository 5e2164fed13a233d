import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { keep, keptFile, readIfThere, stateOf, statesFile } from './kept-files.mjs';

const SOURCES = ['bin', 'package-lock.json', 'src', 'charts', 'scripts'];

/** Variable, in a bundle, for the URL of the sources: files beside them are found from it. */
const URL_OF_SOURCES = '__urlOfSources';

/** Clocks of file systems tick: a file that changes twice in this time may keep its state. */
const TICK_MS = 20;

/** Bundles `entry` and its imports, unless the bundle of these sources is kept. Returns its path and its code. */
export async function bundleSources(root, entry) {
  const name = path.basename(entry, '.ts');
  const now = Date.now();
  const { hash, states, lastChange } = readSources(root);
  const bundle = keptFile(root, `${name}-${hash}.cjs`);
  const code = readIfThere(bundle, 'latin1') ?? keep(bundle, await build(path.join(root, entry)));
  if (now - lastChange > TICK_MS) keep(statesFile(root, name), JSON.stringify({ hash, states }));
  return { bundle, code };
}

function readSources(root) {
  const hash = createHash('sha256');
  const states = {};
  let lastChange = 0;
  const add = (name) => {
    const file = path.join(root, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const child of readdirSync(file).toSorted()) add(`${name}/${child}`);
    } else if (stat) {
      hash.update(`${name}\0${stat.size}\0`).update(readFileSync(file));
      states[name] = stateOf(stat);
      lastChange = Math.max(lastChange, stat.ctimeMs);
    }
  };
  SOURCES.forEach(add);
  return { hash: hash.digest('hex').slice(0, 20), states, lastChange };
}

/** The code of a function that runs the bundle. */
async function build(entry) {
  const { BUNDLE } = await import('./esbuild-options.mjs');
  const { build: esbuild } = await import('esbuild').catch(() => {
    console.error('worker-metrics: esbuild is not installed; run `npm ci` in this repository first');
    process.exit(1);
  });
  const { outputFiles } = await esbuild({
    ...BUNDLE,
    entryPoints: [entry],
    format: 'cjs',
    supported: { 'dynamic-import': false }, // everything is bundled, or required
    define: { 'import.meta.url': URL_OF_SOURCES },
    // Fewer bytes to read at each start. Names and lines stay: they are in stack traces.
    minifyWhitespace: true,
    lineLimit: 200,
    banner: { js: `(function (module, require, ${URL_OF_SOURCES}) {` },
    footer: { js: '})' },
    plugins: [...BUNDLE.plugins, notBundled],
  });
  return inAscii(outputFiles[0].text);
}

/**
 * Escapes what esbuild leaves: characters in regular expressions and tagged templates. V8 keeps code in ASCII in half
 * the memory, and reads it in half the time.
 */
function inAscii(code) {
  return code.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Prettier reads files beside its own code: it is not bundled, but loaded on demand. */
const notBundled = {
  name: 'not-bundled',
  setup(build) {
    build.onResolve({ filter: /^prettier$/ }, ({ path }) => ({ path, namespace: 'not-bundled' }));
    build.onLoad({ filter: /./, namespace: 'not-bundled' }, ({ path: name }) => ({
      contents: `const load = require; module.exports = load(${JSON.stringify(name)});`,
    }));
  },
};
