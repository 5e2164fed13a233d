/**
 * The rooms of the house: the folders of src/, and charts/. Each lists the rooms that it may import; every other import is
 * refused. Imports point down: a room stands below those that import it.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  package: [],
  servers: [],
  kubernetes: ['diagnostics'],
  files: ['diagnostics'],
  operator: ['diagnostics', 'kubernetes'],
  yaml: ['diagnostics', 'kubernetes'],
  prometheus: ['diagnostics', 'kubernetes'],
  schema: ['diagnostics', 'kubernetes', 'prometheus'],
  alertmanager: ['diagnostics', 'kubernetes', 'prometheus', 'schema', 'operator'],
  checks: ['diagnostics', 'kubernetes', 'prometheus', 'yaml', 'operator', 'alertmanager', 'servers'],
  output: ['diagnostics', 'kubernetes', 'files', 'yaml', 'checks'],
  delivery: ['diagnostics', 'kubernetes', 'schema', 'output'],
  publish: ['diagnostics', 'kubernetes', 'files', 'output'],
  'worker-app': ['diagnostics', 'kubernetes', 'prometheus', 'schema', 'servers', 'yaml', 'package'],
  stack: ['diagnostics', 'kubernetes', 'prometheus', 'schema', 'operator', 'alertmanager', 'yaml', 'package'],
  values: [
    'diagnostics',
    'kubernetes',
    'alertmanager',
    'schema',
    'files',
    'yaml',
    'output',
    'delivery',
    'worker-app',
    'stack',
  ],
  'import-helm': ['diagnostics', 'kubernetes', 'files', 'yaml', 'values', 'worker-app'],
  charts: ['diagnostics', 'kubernetes', 'checks', 'delivery', 'output', 'values', 'worker-app', 'stack'],
  cli: [
    'diagnostics', 'kubernetes', 'package', 'files', 'yaml', 'checks', 'output', 'delivery', 'publish', 'values',
    'worker-app', 'import-helm', 'operator', 'alertmanager', 'charts',
  ], // prettier-ignore
};

/** Files that every room may import: small things that belong to no room. */
export const SHARED = ['src/memo.ts'];
