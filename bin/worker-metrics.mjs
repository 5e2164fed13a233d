#!/usr/bin/env node
// The one command. In a clone it runs the TypeScript sources as they are now; in an installed package, the compiled ones.
import { existsSync } from 'node:fs';
import module from 'node:module';

module.enableCompileCache?.();

const inClone = existsSync(new URL('from-source.mjs', import.meta.url));
const entry = inClone
  ? await import('./from-source.mjs').then(({ bundle }) => bundle('charts/main.ts'))
  : new URL('../lib/charts/main.js', import.meta.url);

const { main } = await import(entry);
process.exitCode = await main(process.argv.slice(2));
