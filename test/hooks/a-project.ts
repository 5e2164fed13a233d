import { chmodSync } from 'node:fs';
import path from 'node:path';
import { writeFiles } from '../an-output-folder.js';
import { COMMAND, workerMetrics } from '../run-command.js';

/** Writes a project with up-to-date manifests, in which the command of this repository is installed. */
export function writeProject(folder: string): void {
  const command = 'node_modules/.bin/worker-metrics';
  writeFiles(folder, {
    'values/shop.yaml': 'name: shop\nimage: a/b:1\nworkers: 2\n',
    'package.json': '{ "private": true }\n',
    'package-lock.json': '{ "lockfileVersion": 3, "packages": { "": {} } }\n',
    [command]: `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`,
  });
  chmodSync(path.join(folder, command), 0o755);
  workerMetrics(['synth'], { cwd: folder });
}
