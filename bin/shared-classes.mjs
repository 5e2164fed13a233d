import { readFileSync } from 'node:fs';

/**
 * Modules with objects `{ ...options, field }`. V8 of Node 20 gives each of these objects a hidden class of its own, and all
 * code that reads them is slow. js-yaml makes one for each document, and its parser reads it for each character.
 */
const SPREADS = /[\\/]node_modules[\\/]js-yaml[\\/]dist[\\/]js-yaml\.(?:mjs|cjs\.js)$/;

/** Plugin for esbuild: writes the spreads of these modules as assignments, which give all objects of a place one class. */
export const sharedClasses = {
  name: 'shared-classes',
  setup({ onLoad, esbuild }) {
    onLoad({ filter: SPREADS }, async ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const { code } = await esbuild.transform(text, { supported: { 'object-rest-spread': false } });
      // esbuild's own helpers copy the descriptor of each property. js-yaml spreads only options and tags, which have no getters.
      return { contents: code.replaceAll(/\b__spread(?:Values|Props)\(/g, 'Object.assign(') };
    });
  },
};
