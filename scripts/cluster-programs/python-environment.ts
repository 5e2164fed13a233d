import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROGRAMS_FOLDER } from './go-modules.js';

/** The example application, which pods run. */
export const EXAMPLE_APPLICATION = fileURLToPath(new URL('../../examples/django-app', import.meta.url));

export const REQUIREMENTS = path.join(EXAMPLE_APPLICATION, 'requirements.txt');

/** Where the Python environment of the example application is, once it is made. */
export function pythonEnvironment(): string {
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  return path.join(PROGRAMS_FOLDER, `python-${hash}`);
}
