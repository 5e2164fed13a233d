// Runs the command: in a clone from the current TypeScript sources, in an installed package the bundles of scripts/build.mjs.
const { existsSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');
const { stateOf } = require('./kept-files.cjs');
const { runBundle } = require('./run-bundle.cjs');

const args = process.argv.slice(2);

// `synth` runs most often: its bundle contains nothing of the other commands.
const entry = args[0] === 'synth' ? 'synth' : 'all';

async function start() {
  const { run } = existsSync(path.join(__dirname, 'from-source.cjs')) ? await fromSource() : packaged();
  await run(args);
}

function fromSource() {
  const { load } = require('./from-source.cjs');
  return load(`src/cli/entries/${entry}.ts`, args[0]);
}

function packaged() {
  const root = path.dirname(__dirname);
  const file = path.join(root, `lib/cli/${entry}.js`);
  const name = `${entry}-${stateOf(statSync(file))}`;
  return runBundle(root, { name, file, source: file, code: readFileSync(file, 'latin1'), command: args[0] });
}

start();
