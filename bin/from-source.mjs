// Runs TypeScript of this repository without a build step: `node bin/from-source.mjs scripts/write-generated.ts`.
// The file and all that it imports are bundled by esbuild, under a name that is a hash of the sources: a bundle is
// made when they change, and is never out of date.
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/cdk8s-worker-metrics');
const sources = ['bin/from-source.mjs', 'package-lock.json', 'src', 'charts', 'scripts'];

/** Bundles `entry` (relative to the repository) unless that is done already; returns the URL to import. */
export async function bundle(entry) {
  const file = path.join(cache, `${path.basename(entry, '.ts')}-${hashOf(sources)}.mjs`);
  if (statSync(file, { throwIfNoEntry: false })) return pathToFileURL(file);
  const code = await build(path.join(root, entry));
  try {
    return pathToFileURL(keep(file, code));
  } catch {
    // node_modules is read-only here: use the bundle once and leave nothing behind
    const folder = mkdtempSync(path.join(tmpdir(), 'worker-metrics-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const once = path.join(folder, path.basename(file));
    writeFileSync(once, code);
    return pathToFileURL(once);
  }
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
  const { build: esbuild } = await import('esbuild').catch(() => {
    console.error('worker-metrics: esbuild is not installed; run `npm ci` in this repository first');
    process.exit(1);
  });
  const { outputFiles } = await esbuild({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
    // CommonJS dependencies call require; files beside the sources are found from where the sources are
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(entry).href) },
    plugins: [notBundled],
  });
  return outputFiles[0].contents;
}

/** Packages that read files beside their own code: they stay where they are, and are loaded when they are needed. */
const notBundled = {
  name: 'not-bundled',
  setup(build) {
    build.onResolve({ filter: /^re2-wasm$/ }, ({ path }) => ({ path, namespace: 'not-bundled' }));
    build.onLoad({ filter: /./, namespace: 'not-bundled' }, ({ path: name }) => ({
      contents: `const load = require; module.exports = load(${JSON.stringify(name)});`,
    }));
  },
};

/** Writes the bundle whole or not at all, and drops those of earlier sources. */
function keep(file, code) {
  mkdirSync(cache, { recursive: true });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, code);
  renameSync(beside, file);
  const kind = path.basename(file).replace(/[0-9a-f]{20}\.mjs$/, '');
  for (const old of readdirSync(cache)) {
    if (!old.startsWith(kind) || old === path.basename(file)) continue;
    // Another run may be about to import a young one.
    const stat = statSync(path.join(cache, old), { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > 60_000) rmSync(path.join(cache, old), { force: true });
  }
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, ...args] = process.argv.slice(2);
  const { main } = await import(await bundle(entry));
  process.exitCode = await main(args);
}
