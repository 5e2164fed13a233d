import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformSync, version } from 'esbuild';
import { BUNDLE_MODULE, bundleFile } from './bundle.setup.mjs';

const self = readFileSync(new URL(import.meta.url), 'utf8');

/** Makes CommonJS of TypeScript. Jest keeps the result for later runs. */
export default {
  process(text, file) {
    if (file === BUNDLE_MODULE) return { code: '', map: readFileSync(bundleFile('.map'), 'utf8') };
    const urlOfFile = 'const __urlOfFile = require("node:url").pathToFileURL(__filename).href;';
    return transformSync(text, {
      loader: 'ts',
      format: 'cjs',
      target: 'node20',
      banner: `require = requireFor(require, __dirname); ${text.includes('import.meta.url') ? urlOfFile : ''}`,
      define: { 'import.meta.url': '__urlOfFile', 'import.meta.dirname': '__dirname' },
      supported: { 'dynamic-import': false },
      sourcefile: file,
      sourcemap: 'external',
    });
  },

  getCacheKey(text, file) {
    const content = file === BUNDLE_MODULE ? bundleFile('.map') : text;
    return createHash('sha1').update([self, version, file, content].join('\0')).digest('hex');
  },
};
