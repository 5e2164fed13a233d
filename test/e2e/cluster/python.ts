import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { need, run } from './program.js';

/**
 * The `bin` folder of a virtual environment with pinned requirements; made when they change. Each of jest's workers has
 * one of its own, so that no two make it at once.
 */
export function pythonWith(requirements: string): string {
  need('python3', 'apt-get install python3 python3-venv');
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16);
  const environment = path.resolve(
    'node_modules/.cache/cdk8s-worker-metrics',
    `python-${hash}-${process.env['JEST_WORKER_ID'] ?? '1'}`,
  );
  const complete = path.join(environment, 'complete');
  if (!existsSync(complete)) {
    rmSync(environment, { recursive: true, force: true });
    run('python3', ['-m', 'venv', environment]);
    run(path.join(environment, 'bin/pip'), ['install', '--quiet', '--requirement', requirements]);
    writeFileSync(complete, '');
  }
  return path.join(environment, 'bin');
}
