import { BUNDLE } from './esbuild-options.mjs';

/** Variable, in a bundle, for the URL of its entry: files of the package are found from it. */
const URL_OF_SOURCE = '__urlOfSource';

/**
 * Bundles a file with its imports into the code of a function that run-bundle.cjs calls.
 * @param entry a path relative to the repository
 */
export async function bundle(entry) {
  const { build } = await import('esbuild').catch(() => {
    console.error('worker-metrics: esbuild is not installed; run `npm ci` in this repository first');
    process.exit(1);
  });
  const { outputFiles, metafile } = await build({
    ...BUNDLE,
    entryPoints: [entry],
    format: 'cjs',
    supported: { 'dynamic-import': false }, // everything is bundled, or required
    define: { 'import.meta.url': URL_OF_SOURCE },
    // Fewer bytes to read at each start. Names and lines stay: they are in stack traces.
    minifyWhitespace: true,
    lineLimit: 200,
    banner: { js: `(function (module, require, ${URL_OF_SOURCE}) {` },
    footer: { js: '})' },
    plugins: [...BUNDLE.plugins, notBundled],
    metafile: true,
  });
  return { code: inAscii(outputFiles[0].text), metafile };
}

/**
 * Escapes what esbuild leaves: characters in regular expressions and tagged templates. V8 keeps code in ASCII in half
 * the memory, and reads it in half the time.
 */
function inAscii(code) {
  return code.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Prettier reads files beside its own code: it is not bundled, but loaded on demand. */
const notBundled = {
  name: 'not-bundled',
  setup(build) {
    build.onResolve({ filter: /^prettier$/ }, ({ path }) => ({ path, namespace: 'not-bundled' }));
    build.onLoad({ filter: /./, namespace: 'not-bundled' }, ({ path: name }) => ({
      contents: `const load = require; module.exports = load(${JSON.stringify(name)});`,
    }));
  },
};
