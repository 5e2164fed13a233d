import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { textOf } from './docs/pages.js';
import { ROOT } from './run-command.js';

// Paths in prose: `src/…` and so on. Patterns and placeholders are none.
const PATH = /`((?:src|charts|test|scripts|bin|docs|examples|schema|bench|dist|values)\/[\w./-]*)`/g;

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('every path that %s names exists', (page) => {
  const paths = Array.from(textOf(page).matchAll(PATH), ([, name = '']) => name);

  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
});

test('ARCHITECTURE.md names every folder of src', () => {
  const folders = readdirSync(path.join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== '__pycache__')
    .map(({ parentPath, name }) => path.relative(ROOT, path.join(parentPath, name)));
  const text = textOf('ARCHITECTURE.md');

  expect(folders.filter((folder) => !text.includes(`| \`${folder}\``))).toEqual([]);
});
