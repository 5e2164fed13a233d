import { envEntries } from '../../kubernetes/env-entries.js';
import { dependents } from '../../kubernetes/variable-references.js';
import { ENV_NAME } from '../../kubernetes/text-formats.js';
import { recordField, type ReservedNames } from '../../schema/fields.js';
import { withHint } from '../../schema/message-with-hint.js';
import { key } from '../key.js';
import { variableField } from '../../schema/variable-fields.js';

/** Variables that are computed for metrics ports, and the key from which each is computed. */
export const METRICS_ENV: Readonly<Record<string, string>> = {
  METRICS_START_PORT: 'metrics.startPort',
  METRICS_EXPORTER: 'metrics.exporter',
  PROMETHEUS_MULTIPROC_DIR: 'metrics.strategy',
};

/** Always computed. Whether those of metrics ports are, depends on `metrics` (see `metricsEnv`). */
const RESERVED: ReservedNames = {
  allowed: /^(?!WEB_CONCURRENCY$)/,
  names: 'WEB_CONCURRENCY',
  refusal: () => withHint('computed from workers', 'remove it and set workers'),
};

export const env = key({
  scope: 'inherited',
  field: () => recordField(ENV_NAME, variableField(), RESERVED),
  description: `Environment variables of the container, by name. A value is text, \`{ secret, key }\`, \`{ configMap, key }\`, \`{ field }\` of the pod or \`{ resource }\` of a container; keys of Secrets and ConfigMaps may be \`optional\`. As in Kubernetes, \`$(NAME)\` is the value of another variable and \`$$\` is \`$\`; the variables are sorted so that references work. These are computed and must not be set: WEB_CONCURRENCY; with metrics ports, ${Object.keys(METRICS_ENV).join(', ')}; with \`serviceWindows\`, COMPONENTS_FILE.`,
  unset: 'only the computed variables',
  example: { LOG_LEVEL: 'info' },
});

/** The environment of processes and jobs, in which nothing is computed. */
export const podEnv = key({
  scope: 'inherited',
  field: () => recordField(ENV_NAME, variableField()),
  description:
    "Environment variables, by name, over those of the application. Computed variables of the web pods, such as WEB_CONCURRENCY, are not among them, nor the application's variables that refer to these; they may be set here.",
  unset: "the application's `env`",
  example: { LOG_LEVEL: 'debug' },
  container: (env) => ({ env: envEntries(withoutComputed(env, new Set(Object.keys(env)))) }),
});

/** The variables that do not need a computed one. Those that `env` sets itself are not computed. @param set the computed ones that the container sets itself */
export function withoutComputed<Value>(
  env: Readonly<Record<string, Value>>,
  set: ReadonlySet<string>,
): Readonly<Record<string, Value>> {
  const left = dependents(
    env,
    missingComputed(env).filter((name) => !set.has(name)),
  );
  return Object.fromEntries(Object.entries(env).filter(([name]) => !left.has(name)));
}

/** The computed variables that an environment without computed variables does not set itself. */
export function missingComputed(env: Readonly<Record<string, unknown>>): string[] {
  return ['WEB_CONCURRENCY', ...Object.keys(METRICS_ENV)].filter((name) => !Object.hasOwn(env, name));
}
