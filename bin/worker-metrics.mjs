#!/usr/bin/env node
// The command. In a clone it runs the current TypeScript sources; in an installed package, the compiled code.
import { existsSync } from 'node:fs';
import module from 'node:module';

const inClone = existsSync(new URL('from-source.mjs', import.meta.url));
if (!inClone) module.enableCompileCache?.();

const { run } = inClone
  ? await import('./from-source.mjs').then(({ load }) => load('src/cli/main.ts'))
  : await import('../lib/src/cli/main.js');
await run(process.argv.slice(2));
