import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import {
  EXAMPLE_APPLICATION,
  pythonEnvironment,
} from '../../../scripts/cluster-programs/python-environment.js';
import { systemFolders, type Image } from './image.js';

/** The image of `examples/django-app`, as its Dockerfile says, with this machine's Python. */
export function applicationImage(): Image {
  const environment = pythonEnvironment();
  if (!existsSync(path.join(environment, 'complete')))
    throw new Error(
      'the Python of the example is not installed; install it with: npm run e2e:cluster:programs',
    );
  const system = systemFolders();
  const python = path.dirname(path.dirname(realpathSync(path.join(environment, 'bin/python'))));
  return {
    ...system,
    files: {
      ...system.files,
      ...(!python.startsWith('/usr') && { [python]: python }),
      [environment]: environment,
      '/app': EXAMPLE_APPLICATION,
    },
    entrypoint: ['./start.sh'],
    env: {
      PATH: `${environment}/bin:/usr/bin:/bin`,
      DATABASE_NAME: '/tmp/db.sqlite3',
      HOME: '/tmp',
      PORT: '5000',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
    },
    workingDirectory: '/app',
    user: 10_001,
  };
}
