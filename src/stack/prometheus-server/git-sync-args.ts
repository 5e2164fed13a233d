import { branchName, isOverSsh } from '../../kubernetes/git-reference.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import { HOOK_FILE, PATHS, PROMETHEUS_PORTS } from './prometheus-paths.js';
import type { PrometheusServerSpec } from './prometheus-server-spec.js';

/** Seconds within which Prometheus must load a configuration. */
const RELOAD_TIMEOUT = 60;

/** A failed hook runs again often enough for its alert, which looks back over five minutes. */
const LONGEST_BACKOFF = PrometheusDuration.parse('1m');

/** The command line of git-sync, which fetches every commit and runs the hook on it. */
export function gitSyncArgs({ git }: PrometheusServerSpec): string[] {
  const period = PrometheusDuration.parse(git.period);
  const backoff = period.isLongerThan(LONGEST_BACKOFF) ? LONGEST_BACKOFF : period;
  return [
    `--repo=${git.repository}`,
    // the full name: git could take a short one for a tag, or for a branch such as team/<name>
    `--ref=refs/heads/${branchName(git.branch)}`,
    '--root=/git',
    '--link=checkout',
    `--period=${period.toGo()}`,
    '--depth=1',
    '--submodules=off',
    '--max-failures=-1',
    `--exechook-command=${PATHS.hook}/${HOOK_FILE}`,
    // Time for two reloads (Prometheus may refuse the first), for copying and for validation.
    `--exechook-timeout=${3 * RELOAD_TIMEOUT}s`,
    `--exechook-backoff=${backoff.toGo()}`,
    ...credentials(git),
  ];
}

/** Additional options of the sidecar. They serve git-sync's metrics, which count the runs of the hook. */
export const GIT_SYNC_METRICS = [`--http-bind=:${PROMETHEUS_PORTS.gitSync}`, '--http-metrics=true'];

/** The environment of the hook. @param reloads whether there is a Prometheus to reload */
export function hookEnv(
  { git, decrypt }: PrometheusServerSpec,
  { reloads }: { readonly reloads: boolean },
): Record<string, string> {
  return {
    CONFIG_DIR: PATHS.config,
    CONFIG_FILE: git.file,
    PROMTOOL: `${PATHS.tools}/promtool`,
    ...(reloads && {
      PROMETHEUS_ADDRESS: `127.0.0.1:${PROMETHEUS_PORTS.web}`,
      RELOAD_TIMEOUT: String(RELOAD_TIMEOUT),
    }),
    ...(decrypt && { SOPS: `${PATHS.tools}/sops`, SOPS_AGE_KEY_FILE: `${PATHS.ageKey}/keys.txt` }),
  };
}

function credentials({ repository, token }: PrometheusServerSpec['git']): string[] {
  if (isOverSsh(repository)) {
    return [
      `--ssh-key-file=${PATHS.gitSecret}/ssh`,
      '--ssh-known-hosts=true',
      `--ssh-known-hosts-file=${PATHS.gitKnownHosts}/known_hosts`,
    ];
  }
  if (token === undefined) return [];
  return [`--username=${token.username}`, `--password-file=${PATHS.gitSecret}/token`];
}
