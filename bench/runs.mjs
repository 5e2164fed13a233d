import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const reportUse = fileURLToPath(new URL('report-use.cjs', import.meta.url));

/** Runs Node.js. Returns wall time and processor time of all threads in seconds, and peak memory in MB. */
export function runNode(args) {
  const { seconds, stderr } = run(process.execPath, ['--require', reportUse, ...args]);
  const [processor, megabytes] = JSON.parse(/^used (.*)$/m.exec(stderr)[1]);
  return { seconds, processor, megabytes };
}

/** Runs a program. @throws if its exit code is not 0 */
export function run(program, args, options = {}) {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: Infinity,
    ...options,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`, { cause: error });
  return { seconds, stdout, stderr };
}

/** Medians of times, and the largest memory. A shared machine is at times much slower for a single run. */
export function medians(runs) {
  const median = (column) =>
    runs.map((one) => one[column]).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)];
  return {
    seconds: median('seconds'),
    processor: median('processor'),
    megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
  };
}

/** Packs the clone as for npm, and unpacks it. The command needs no other package. Returns the path of the program. */
export function unpackedPackage(clone, scratch) {
  const folder = path.join(scratch, 'package');
  mkdirSync(folder);
  run('npm', ['pack', '--pack-destination', folder], { cwd: clone });
  run('tar', ['-xzf', path.join(folder, readdirSync(folder)[0]), '-C', folder]);
  return path.join(folder, 'package/bin/worker-metrics.cjs');
}
