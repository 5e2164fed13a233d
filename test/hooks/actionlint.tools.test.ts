import { readdirSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { blocksOf, PAGES } from '../docs/pages.js';
import { ACTIONLINT, needTools } from '../e2e/stack/tools.js';
import { ROOT, run } from '../run-command.js';

// Every GitHub workflow of this repository: its own, and those for users.

needTools(ACTIONLINT);

const TEMPLATES = 'src/init/templates';
const ofRepository = [
  '.github/workflows/ci.yaml',
  'examples/github-actions/deploy.yaml',
  ...readdirSync(path.join(ROOT, TEMPLATES))
    .filter((name) => name.endsWith('-workflow.yaml'))
    .map((name) => `${TEMPLATES}/${name}`),
];
const ofPages = PAGES.flatMap((page) =>
  blocksOf(page)
    .filter(({ language, text }) => language === 'yaml' && text.startsWith('# .github/workflows/'))
    .map(({ text }, i) => [`${path.basename(page, '.md')}-${i}.yaml`, text] as const),
);

test('there are workflows for users', () => {
  expect([ofRepository.length, ofPages.length]).toEqual([4, 3]);
});

test.each(ofRepository)('%s is a workflow without mistakes', (file) => {
  expect(lint(path.join(ROOT, file))).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test.each(ofPages)('%s, a workflow of the docs, is without mistakes', (name, text) => {
  writeFiles(folder, { [name]: text });
  expect(lint(path.join(folder, name))).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

const folder = temporaryFolder();

function lint(file: string) {
  return run(ACTIONLINT, ['-no-color', file]);
}

test('the script of the action and the hooks passes shellcheck', () => {
  needTools('shellcheck');
  expect(run('shellcheck', [path.join(ROOT, 'hooks/run-installed.sh')])).toMatchObject({
    exitCode: 0,
    stdout: '',
  });
});
