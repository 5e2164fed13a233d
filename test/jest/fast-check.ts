import fc from 'fast-check';

// Property tests try the same values in each run, as any other test: a run is never red by chance. jest.random.config.mjs
// has other values tried. A property that fails prints its seed and path.
fc.configureGlobal({ seed: (globalThis as { readonly fastCheckSeed?: number }).fastCheckSeed });

export * from 'fast-check';
export default fc;
