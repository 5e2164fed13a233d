import type { Commands } from './program.js';

/** All commands, in the order of the help. */
export const COMMANDS: Commands = {
  init: async (...given) => (await import('./init.js')).initCommand(...given),
  synth: async (...given) => (await import('./synth.js')).synthCommand(...given),
  diff: async (...given) => (await import('./diff.js')).diffCommand(...given),
  set: async (...given) => (await import('./set.js')).setCommand(...given),
  explain: async (...given) => (await import('./explain.js')).explainCommand(...given),
  costs: async (...given) => (await import('./costs.js')).costsCommand(...given),
  trace: async (...given) => (await import('./trace.js')).traceCommand(...given),
  report: async (...given) => (await import('./report-page.js')).reportCommand(...given),
  'import-helm': async (_, finish) => (await import('./import-helm.js')).importHelmCommand(finish),
  publish: async (...given) => (await import('./publish.js')).publishCommand(...given),
};
