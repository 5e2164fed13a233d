import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onDemand } from './on-demand.mjs';
import { sharedClasses } from './shared-classes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Options for esbuild that a run in a clone and the package have in common. */
export const BUNDLE = {
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node20',
  absWorkingDir: root, // paths in the bundle's comments are relative to it
  logLevel: 'error',
  plugins: [onDemand, sharedClasses],
  alias: {
    're2-wasm': path.join(root, 'src/operator/re2-wasm.ts'), // the package reads a file beside its own code
    punycode: path.join(root, 'node_modules/punycode/punycode.js'), // not Node's own, which prints a warning
  },
};
