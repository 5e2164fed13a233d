import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder, writeFiles } from './an-output-folder.js';
import { ROOT, run } from './run-command.js';

// Imports point one way, from the app to the library to its values: a lint rule says so, and these are its words.

const folder = temporaryFolder();

/** What the linter says of one import in a file of this name. */
function said(file: string, imported: string): string {
  copyFileSync(path.join(ROOT, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  writeFiles(folder, { [file]: `import { thing } from '${imported}';\n\nexport const things = [thing];\n` });
  return run(path.join(ROOT, 'node_modules/.bin/oxlint'), ['--deny-warnings', file], { cwd: folder }).stdout;
}

test.each([
  ['src/output/a.ts', '../../charts/main.js', 'src/ is the library: it must not import the app in charts/'],
  [
    'src/values/a.ts',
    '../../test/a.js',
    'src/ is the library: it must not import the app in charts/ or its tests.',
  ],
  ['src/values/a.ts', '../index.js', 'index.ts is the public face'],
  ['src/constructs/a.ts', '../index.js', 'index.ts is the public face'],
  ['src/constructs/a.ts', '../../charts/main.js', 'know nothing of values files'],
  ['src/constructs/a.ts', '../values/sources.js', 'know nothing of values files'],
  ['src/ports/a.ts', '../values/sources.js', 'know nothing of values files'],
  ['src/checks/a.ts', '../values/sources.js', 'know nothing of values files'],
  ['src/worker-app/a.ts', '../values/sources.js', 'know nothing of values files'],
  ['src/scraping/a.ts', '../values/sources.js', 'know nothing of values files'],
  ['src/kubernetes/a.ts', '../values/sources.js', 'know nothing of values files'],
])('%s must not import %s', (file, imported, words) => {
  expect(said(file, imported)).toContain(words);
});

test.each([
  ['charts/a.ts', '../src/values/sources.js'],
  ['src/values/a.ts', '../worker-app/defaults.js'],
  ['src/constructs/a.ts', '../ports/metrics-ports.js'],
  ['test/a.ts', '../charts/main.js'],
])('%s may import %s', (file, imported) => {
  expect(said(file, imported)).not.toContain('no-restricted-imports');
});
