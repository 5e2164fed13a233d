// Synthesizes the examples that have values files; CI then fails when what is committed is not what they give.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

for (const example of readdirSync('examples').map((name) => `examples/${name}`)) {
  if (!existsSync(`${example}/values`)) continue;
  const args = [
    'bin/worker-metrics.cjs',
    'synth',
    '--values',
    `${example}/values`,
    '--output',
    `${example}/dist`,
    '--prune',
  ];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
