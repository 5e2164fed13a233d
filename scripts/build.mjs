// Builds lib/, the code of the published package: `npm pack` runs this.
//
//   lib/index.js, lib/stack.js   the constructs. cdk8s and constructs are not in them: `instanceof` works for the user's
//   lib/cli/all.js, synth.js     the command, with all that it needs: it starts faster, and works with any cdk8s
//   lib/types/                   the types of the constructs
//
// All is CommonJS, which `import`, `require` and jest load alike: each class exists once.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { bundle } from '../bin/bundle.mjs';
import { BUNDLE } from '../bin/esbuild-options.mjs';
import { bundledLicenses } from './bundled-licenses.mjs';
import { keepReachable } from './reachable-types.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const lib = path.join(root, 'lib');
const { peerDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** Stands for `import.meta.url`, which CommonJS does not have. */
const URL_OF_FILE = '__urlOfFile';
/** Names stay: they are in stack traces. Lines stay short: Node.js prints the line that throws an error nobody catches. */
const SMALLER = { minifySyntax: true, minifyWhitespace: true, lineLimit: 120 };

rmSync(lib, { recursive: true, force: true });
write('package.json', '{ "type": "commonjs" }\n');
const constructs = await bundleConstructs();
const commands = [await command('all'), await command('synth')];
checkNode();
write('LICENSES.txt', bundledLicenses(root, [constructs, ...commands]));
types();

/** Writes a bundle that bin/start.cjs runs. Returns the metafile. */
async function command(name) {
  const { code, metafile } = await bundle(`src/cli/entries/${name}.ts`);
  write(`cli/${name}.js`, code);
  return metafile;
}

/**
 * Writes entry points, and chunks: what several of them contain, and what is loaded only when it is needed.
 * Returns the metafile.
 */
async function bundleConstructs() {
  const { outputFiles, metafile } = await build({
    ...BUNDLE,
    ...SMALLER,
    entryPoints: { index: 'src/index.ts', stack: 'src/stack.ts' },
    external: Object.keys(peerDependencies),
    outdir: lib,
    chunkNames: 'chunks/[hash]',
    format: 'esm', // esbuild makes chunks of ES modules only
    splitting: true,
    metafile: true,
    define: { 'import.meta.url': URL_OF_FILE },
  });
  for (const file of outputFiles) write(path.relative(lib, file.path), await commonJs(file.text));
  return metafile;
}

async function commonJs(text) {
  const url = `const ${URL_OF_FILE}=require("node:url").pathToFileURL(__filename).href;`;
  const { code } = await transform(text, {
    ...SMALLER,
    format: 'cjs',
    platform: 'node',
    target: BUNDLE.target,
    supported: { 'dynamic-import': false }, // jest runs no `import()`
    banner: text.includes(URL_OF_FILE) ? url : '',
  });
  return code;
}

/** The constructs, too, say that Node.js is too old. */
function checkNode() {
  write('check-node.js', readFileSync(path.join(root, 'bin/check-node.cjs'), 'utf8'));
  const check =
    'const __oldNode=require("./check-node.js").oldNode();if(__oldNode)throw new Error(__oldNode);\n';
  for (const entry of ['index.js', 'stack.js']) {
    write(entry, check + readFileSync(path.join(lib, entry), 'utf8'));
  }
}

function types() {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
  keepReachable(path.join(lib, 'types'), ['index.d.ts', 'stack.d.ts']);
}

function write(name, text) {
  const file = path.join(lib, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
