import { importProblems } from '../scripts/check-imports.js';
import { ROOMS } from '../scripts/rooms.js';

// Imports point down, from the commands to the words of other programs: scripts/rooms.ts says which room may import which.

const problems = (file: string, imported: string) =>
  importProblems(file, `import { thing } from '${imported}';\n`);

test.each([
  ['src/worker-app/alerts/a.ts', '../../values/sources.js', 'src/worker-app/alerts/a.ts: src/values/sources.ts is in values; worker-app may import'],
  ['src/checks/a.ts', '../worker-app/key.js', 'is in worker-app; checks may import'],
  ['src/values/a.ts', '../../charts/main.js', 'charts/main.ts is in charts; values may import'],
  ['src/values/a.ts', '../../test/a.js', 'is in test'],
  ['src/diagnostics/a.ts', '../kubernetes/labels.js', 'diagnostics may import no other room'],
  ['src/checks/a.ts', '../index.js', 'is the public API; import the file that defines the name'],
  ['src/somewhere/a.ts', './b.js', 'somewhere is an unknown room; add it to scripts/rooms.ts'],
  ['src/checks/a.ts', '../somewhere/a.js', 'is in somewhere'],
  ['src/checks/cluster/a.ts', '../together/b.js', 'is in the folder together, which comes after cluster in scripts/rooms.ts'],
  ['src/checks/somewhere/a.ts', './b.js', 'somewhere is an unknown folder of checks; add it to scripts/rooms.ts'],
])('%s must not import %s', (file, imported, words) => {
  expect(problems(file, imported).join()).toContain(words);
}); // prettier-ignore

test.each([
  ['src/worker-app/alerts/a.ts', '../keys/index.js'],
  ['src/worker-app/alerts/a.ts', '../../schema/key.js'],
  ['src/checks/a.ts', '../memo.js'],
  ['charts/a.ts', '../src/values/files/sources.js'],
  ['src/cli/a.ts', '../../charts/main.js'],
  ['src/index.ts', './checks/check-manifests.js'],
  ['src/checks/together/a.ts', '../cluster/b.js'],
  ['src/checks/cluster/a.ts', '../object-diagnostics.js'],
  ['src/worker-app/alerts/a.ts', '../jobs/b.js'],
])('%s may import %s', (file, imported) => {
  expect(problems(file, imported)).toEqual([]);
});

const rooms = Object.keys(ROOMS);

test.each(Object.entries(ROOMS))('%s may import only rooms that come before it', (room, { imports }) => {
  expect(imports.filter((other) => !rooms.slice(0, rooms.indexOf(room)).includes(other))).toEqual([]);
});
