// Runs the command: in a clone from the current TypeScript sources, in an installed package the build of scripts/build.mjs.
import { existsSync } from 'node:fs';
import module from 'node:module';

const { run } = existsSync(new URL('from-source.mjs', import.meta.url)) ? await fromSource() : packaged();
await run(process.argv.slice(2));

async function fromSource() {
  const { load } = await import('./from-source.mjs');
  return load('src/cli/main.ts');
}

function packaged() {
  module.enableCompileCache?.(); // Node 22 and newer
  return module.createRequire(import.meta.url)('../lib/cli/main.js');
}
