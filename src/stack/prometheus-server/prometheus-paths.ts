/** Where things are in the containers of a PrometheusServer: the same in each that has them. */
export const PATHS = {
  /** Folder of configurations; Prometheus reads the link `current` in it. */
  config: '/config',
  current: '/config/current',
  data: '/prometheus',
  /** The rules of this project that watch over the server itself. */
  own: '/etc/prometheus/own',
  alertmanagers: '/etc/prometheus/alertmanagers',
  secrets: '/etc/prometheus/secrets',
  /** Programs from other images. */
  tools: '/tools',
  hook: '/hook',
  gitSecret: '/etc/git-secret',
  gitKnownHosts: '/etc/git-known-hosts',
  ageKey: '/etc/sops',
} as const;

export const PROMETHEUS_PORTS = { web: 9090, gitSync: 2112 } as const;

/** Files of this package that are mounted. */
export const HOOK_FILE = 'config-hook.sh';
/** The hook reads these from its own folder. */
export const HOOK_PARTS = ['hook-references.sh', 'hook-release.sh', 'hook-switch.sh'] as const;
export const OWN_RULES_FILE = 'self-monitoring.rules.yaml';
