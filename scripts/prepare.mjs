// npm runs `prepare` when it installs this package from a git URL, and after `npm ci` in a clone. Only the first needs
// lib/: npm does not run `prepack` for it. It sets this variable while it installs the dependencies in its own clone.
import { spawnSync } from 'node:child_process';

if ('_PACOTE_NO_PREPARE_' in process.env) {
  const { status } = spawnSync('npm', ['run', 'build'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
}
