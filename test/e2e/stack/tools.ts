import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const CACHE = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
const BUILT = path.join(CACHE, 'cdk8s-worker-metrics/e2e-tools');

/** Debian's Alertmanager is 0.25, and --cluster.label came with 0.26: this one is built from its Go module. */
export const ALERTMANAGER = path.join(BUILT, 'alertmanager');
export const SOPS = path.join(BUILT, 'sops');
export const ACTIONLINT = path.join(BUILT, 'actionlint');
export const HELM = path.join(BUILT, 'helm');
export const PRE_COMMIT = path.join(BUILT, 'pre-commit/bin/pre-commit');

/** Programs that Debian has, each with a way to see that it is there. */
const DEBIAN = {
  amtool: { args: ['--version'], package: 'prometheus-alertmanager' },
  prometheus: { args: ['--version'], package: 'prometheus' },
  promtool: { args: ['--version'], package: 'prometheus' },
  git: { args: ['--version'], package: 'git' },
  socat: { args: ['-V'], package: 'socat' },
  shellcheck: { args: ['--version'], package: 'shellcheck' },
  'age-keygen': { args: ['--version'], package: 'age' },
} as const;

/** @throws an error that names the command to install what is missing */
export function needTools(...names: string[]): void {
  for (const name of names) {
    if (Object.hasOwn(DEBIAN, name)) {
      const { args, package: debian } = DEBIAN[name as keyof typeof DEBIAN];
      if (spawnSync(name, args).error)
        throw new Error(`${name} is not installed; install it with: apt-get install ${debian}`);
    } else if (!existsSync(name)) {
      throw new Error(`${name} is not built; build it with: npm run e2e:tools`);
    }
  }
}
