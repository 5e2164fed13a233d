#!/usr/bin/env node
// The one command. In a clone it runs the TypeScript sources as they are now; in an installed package, the compiled ones.
import { existsSync } from 'node:fs';
import module from 'node:module';

// Who reads the output may have enough of it, as `head -1` has: what is left to say is dropped, and the run ends as ever.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const inClone = existsSync(new URL('from-source.mjs', import.meta.url));
if (!inClone) module.enableCompileCache?.();

const { main } = inClone
  ? await import('./from-source.mjs').then(({ load }) => load('src/cli/main.ts'))
  : await import('../lib/src/cli/main.js');
process.exitCode = await main(process.argv.slice(2));
