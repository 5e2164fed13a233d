// Runs TypeScript of this repository without a build step: `node bin/from-source.mjs scripts/write-generated.ts`.
// esbuild bundles the file and its imports (bin/bundle-sources.mjs). The bundle's name is a hash of the sources: it is
// rebuilt when they change, and is never out of date. V8's compiled code is cached beside it, which makes the start of
// later runs a third shorter. The cache contains no absolute path: a clone may be moved or copied.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { hashIfUnchanged, keep, keptFile, readIfThere } from './kept-files.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Returns the exports of `entry`, a path relative to the repository. */
export async function load(entry) {
  const name = path.basename(entry, '.ts');
  const hash = hashIfUnchanged(root, name);
  const bundle = hash && keptFile(root, `${name}-${hash}.cjs`);
  const code = bundle && readIfThere(bundle, 'latin1'); // it is in ASCII
  if (code !== undefined) return run(bundle, code, entry);
  const { bundleSources } = await import('./bundle-sources.mjs');
  const made = await bundleSources(root, entry);
  return run(made.bundle, made.code, entry);
}

function run(bundle, code, entry) {
  const compiled = `${bundle}.compiled`;
  const cachedData = readIfThere(compiled);
  const script = new Script(code, { filename: bundle, cachedData });
  const module = { exports: {} };
  const url = pathToFileURL(path.join(root, entry)).href;
  script.runInThisContext()(module, createRequire(path.join(root, 'package.json')), url);
  // At exit, when V8 has compiled the functions that a run needs. Another version of Node rejects this cache.
  if (cachedData === undefined || script.cachedDataRejected)
    process.once('exit', () => keep(compiled, script.createCachedData()));
  return module.exports;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, ...args] = process.argv.slice(2);
  const { main } = await load(entry);
  process.exitCode = await main(args);
}
