#!/usr/bin/env node
// The command. In a clone it runs the current TypeScript sources; in an installed package, the compiled code.
import { existsSync } from 'node:fs';
import module from 'node:module';

// The reader may close the pipe early (`head -1`): ignore EPIPE.
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
