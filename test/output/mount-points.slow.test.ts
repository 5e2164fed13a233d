import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { COMMAND, run } from '../run-command.js';

const cwd = temporaryFolder();
const canMount = run('unshare', ['-rm', 'true']).exitCode === 0;

(canMount ? test : test.skip)(
  'a mount point is written as an output folder, and as the folder of an environment',
  () => {
    mkdirSync(path.join(cwd, 'dist'));
    writeFiles(cwd, {
      'values/shop.yaml': 'name: shop\nimage: example/shop:v1\nworkers: 2\nenvironments: { dev: , live: }\n',
      'run.sh': `set -e
      mount -t tmpfs none dist
      mkdir dist/dev
      mount -t tmpfs none dist/dev
      "$@" && "$@"
      cp -a dist seen`,
    });
    const command = [process.execPath, COMMAND, 'synth', '--quiet'];
    expect(run('unshare', ['-rm', 'sh', 'run.sh', ...command], { cwd })).toMatchObject({ exitCode: 0 });
    const seen = (readdirSync(path.join(cwd, 'seen'), { recursive: true }) as string[]).toSorted();
    expect(seen).toEqual(['dev', 'dev/shop.k8s.yaml', 'live', 'live/shop.k8s.yaml']);
  },
);
