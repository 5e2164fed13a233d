import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './bundle.mjs';
import { isUnchanged, keep, readKept, stateOf } from './kept-files.cjs';

/** Sources that a bundle may contain. */
const SOURCES = ['src', 'charts', 'scripts'];

/** What every bundle depends on: esbuild's options, and the packages. */
const ALWAYS = ['bin', 'package-lock.json', 'tsconfig.json'];

/** Clocks of file systems tick: a file that changes twice in this time may keep its state. */
const TICK_MS = 20;

/** Bundles `entry` and its imports, unless the bundle of the same sources is kept. Returns its name and its code. */
export async function bundleSources(root, name, entry) {
  const now = Date.now();
  const sources = readSources(root);
  const { names, made, code } =
    keptBundle(root, name, sources) ?? (await newBundle(root, name, entry, sources));
  const states = Object.fromEntries(names.map((source) => [source, sources.get(source).state]));
  const lastChange = Math.max(...names.map((source) => sources.get(source).changed));
  if (now - lastChange > TICK_MS && isUnchanged(root, states))
    keep(root, `${name}.sources.json`, JSON.stringify({ made, hash: hashOf(names, sources), states }));
  return { made, code };
}

/** The kept bundle if its sources have the same content: their times have changed, or the clone was copied. */
function keptBundle(root, name, sources) {
  const known = readKept(root, `${name}.sources.json`, 'utf8');
  if (known === undefined) return undefined;
  const { made, hash, states } = JSON.parse(known);
  const names = Object.keys(states);
  const code = hashOf(names, sources) === hash ? readKept(root, `${made}.cjs`, 'latin1') : undefined;
  return code && { names, made, code };
}

async function newBundle(root, name, entry, sources) {
  const { code, metafile } = await bundle(entry);
  const inputs = Object.keys(metafile.inputs).filter((input) => !/(^|\/)node_modules\/|:/.test(input));
  const unknown = inputs.filter((input) => !sources.has(input));
  if (unknown.length > 0)
    throw new Error(`${unknown.join(', ')}: add the folder to SOURCES of bin/bundle-sources.mjs`);
  const made = `${name}-${createHash('sha256').update(code).digest('hex').slice(0, 20)}`;
  keep(root, `${made}.cjs`, code);
  const names = [...sources.keys()].filter((source) => isAlways(source) || inputs.includes(source));
  return { names, made, code };
}

function isAlways(source) {
  return ALWAYS.some((name) => source === name || source.startsWith(`${name}/`));
}

function hashOf(names, sources) {
  const hash = createHash('sha256');
  for (const name of names) hash.update(`${name}\0${sources.get(name)?.digest}\0`);
  return hash.digest('hex');
}

/** The state of each source, and a digest of its content, by its path in the repository. */
function readSources(root) {
  const sources = new Map();
  const add = (name) => {
    const file = path.join(root, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const child of readdirSync(file).toSorted()) add(`${name}/${child}`);
    } else if (stat) {
      const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
      sources.set(name, { state: stateOf(stat), changed: stat.ctimeMs, digest });
    }
  };
  [...ALWAYS, ...SOURCES].forEach(add);
  return sources;
}
