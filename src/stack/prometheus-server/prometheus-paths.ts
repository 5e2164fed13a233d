/** Paths in the containers of a PrometheusServer. They are the same in every container. */
export const PATHS = {
  /** Folder of the configurations. Prometheus reads the one to which the link `current` points. */
  config: '/config',
  current: '/config/current',
  data: '/prometheus',
  /** The generated rules that monitor the server itself. */
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

/** Files of this package that are mounted into the pod. */
export const HOOK_FILE = 'config-hook.sh';
/** Other scripts, which the hook reads from its own folder. */
export const HOOK_PARTS = ['hook-references.sh', 'hook-release.sh', 'hook-switch.sh'] as const;
export const OWN_RULES_FILE = 'self-monitoring.rules.yaml';
