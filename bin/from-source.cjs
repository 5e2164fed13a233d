// Runs TypeScript of this repository without a build step: `node bin/from-source.cjs scripts/write-generated.ts`.
// esbuild bundles the file and its imports (bin/bundle-sources.mjs). The bundle is made again when one of these sources
// has changed: it is never out of date.
const path = require('node:path');
const { isUnchanged, pathOfKept, readKept } = require('./kept-files.cjs');
const { runBundle } = require('./run-bundle.cjs');

const root = path.dirname(__dirname);

/**
 * Returns the exports of `entry`, a path relative to the repository.
 * @param command the first argument of the command
 */
exports.load = async function load(entry, command) {
  const name = path.basename(entry, '.ts');
  const { made, code } = keptBundle(name) ?? (await newBundle(name, entry));
  const file = pathOfKept(root, `${made}.cjs`);
  return runBundle(root, { name: made, file, source: path.join(root, entry), code, command });
};

/** The kept bundle, unless one of its sources has changed. */
function keptBundle(name) {
  const sources = readKept(root, `${name}.sources.json`, 'utf8');
  if (sources === undefined) return undefined;
  const { made, states } = JSON.parse(sources);
  const code = isUnchanged(root, states) ? readKept(root, `${made}.cjs`, 'latin1') : undefined; // it is in ASCII
  return code && { made, code };
}

async function newBundle(name, entry) {
  const { bundleSources } = await import('./bundle-sources.mjs');
  return bundleSources(root, name, entry);
}

async function main([entry, ...args]) {
  const { main } = await exports.load(entry);
  process.exitCode = await main(args);
}

if (require.main === module) main(process.argv.slice(2));
