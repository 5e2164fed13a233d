import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { ROOT, run, succeeded } from '../run-command.js';

const cwd = temporaryFolder();

test('a git URL installs the command, and init writes that URL into a new project', () => {
  const url = `git+${pathToFileURL(ROOT).href.replace(/\/$/, '')}`;
  writeFiles(cwd, { 'package.json': '{ "private": true }' });
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', url];
  succeeded(run('npm', install, { cwd }));

  succeeded(run(path.join(cwd, 'node_modules/.bin/worker-metrics'), ['init', 'shop', '--yes'], { cwd }));
  expect(JSON.parse(readFileSync(path.join(cwd, 'shop/package.json'), 'utf8'))).toMatchObject({
    devDependencies: { 'cdk8s-worker-metrics': url },
  });
});
