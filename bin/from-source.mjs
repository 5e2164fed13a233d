// Runs TypeScript of this repository without a build step: `node bin/from-source.mjs scripts/write-generated.ts`.
// esbuild bundles the file and its imports. The bundle's name is a hash of the sources: it is rebuilt when they change,
// and is never out of date. V8's compiled code is cached beside it, which makes the start of later runs a third shorter.
// The cache contains no absolute path: a clone may be moved or copied.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Script } from 'node:vm';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/cdk8s-worker-metrics/bundles');
/** Variable, in a bundle, for the URL of the sources: files beside them are found from it. */
const URL_OF_SOURCES = '__urlOfSources';
const sources = ['bin', 'package-lock.json', 'src', 'charts', 'scripts'];

/** Returns the exports of `entry`, a path relative to the repository. */
export async function load(entry) {
  const name = `${path.basename(entry, '.ts')}-${hashOf(sources)}`;
  const file = path.join(cache, `${name}.cjs`);
  const code = readIfThere(file)?.toString() ?? keep(file, await build(path.join(root, entry)));
  return run(file, code, pathToFileURL(path.join(root, entry)).href);
}

function run(file, code, url) {
  const compiled = `${file}.compiled`;
  const cachedData = readIfThere(compiled);
  const script = new Script(`(function (module, require, ${URL_OF_SOURCES}) {${code}\n})`, {
    filename: file,
    cachedData,
  });
  const module = { exports: {} };
  script.runInThisContext()(module, createRequire(path.join(root, 'package.json')), url);
  // At exit, when V8 has compiled the functions that a run needs. Another version of Node rejects this cache.
  if (cachedData === undefined || script.cachedDataRejected)
    process.once('exit', () => keep(compiled, script.createCachedData()));
  return module.exports;
}

function hashOf(names) {
  const hash = createHash('sha256');
  const add = (name) => {
    const file = path.join(root, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const child of readdirSync(file).toSorted()) add(`${name}/${child}`);
    } else if (stat) {
      hash.update(`${name}\0${stat.size}\0`).update(readFileSync(file));
    }
  };
  names.forEach(add);
  return hash.digest('hex').slice(0, 20);
}

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
    plugins: [notBundled],
  });
  return outputFiles[0].text;
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

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // missing or not readable: it is made again
  }
}

/** Writes a file in one step, and deletes the files of earlier sources. Returns the content. */
function keep(file, content) {
  try {
    mkdirSync(cache, { recursive: true });
    const beside = `${file}.${process.pid}`;
    writeFileSync(beside, content);
    renameSync(beside, file);
    dropEarlier(file);
  } catch {
    // node_modules is read-only here: the next run bundles again
  }
  return content;
}

function dropEarlier(file) {
  const [, kind, hash] = /^(.*-)([0-9a-f]{20})\./.exec(path.basename(file)) ?? [];
  for (const old of readdirSync(cache)) {
    if (!old.startsWith(kind) || old.startsWith(kind + hash)) continue;
    // Another run may be about to read a recent file.
    const stat = statSync(path.join(cache, old), { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > 60_000) rmSync(path.join(cache, old), { force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, ...args] = process.argv.slice(2);
  const { main } = await load(entry);
  process.exitCode = await main(args);
}
