import * as z from 'zod';
import { recordField, missingQuotes, refusal, textField, type ReservedNames } from '../../schema/fields.js';
import { configMapKeyField, secretKeyField } from '../../schema/kubernetes-fields.js';
import { valueInOurWords } from '../../schema/kubernetes-words.js';
import { ENV_NAME, type TextFormat } from '../../kubernetes/text-formats.js';
import { key } from '../../schema/key.js';
import { named } from '../../schema/type-names.js';

const TEXT: TextFormat = {
  what: 'text, { secret, key } or { configMap, key }',
  // eslint-disable-next-line no-control-regex
  pattern: /^[^\u0000]*$/,
};

/** Computed variables, and the key from which each is computed. */
export const COMPUTED_ENV: Readonly<Record<string, string>> = {
  WEB_CONCURRENCY: 'workers',
  METRICS_START_PORT: 'metrics.startPort',
  METRICS_EXPORTER: 'metrics.exporter',
  PROMETHEUS_MULTIPROC_DIR: 'metrics.strategy',
};

const RESERVED: ReservedNames = {
  allowed: new RegExp(`^(?!(${Object.keys(COMPUTED_ENV).join('|')})$)`),
  names: Object.keys(COMPUTED_ENV).join(', '),
  hint: (name) => `computed from ${COMPUTED_ENV[name]}; remove it and set ${COMPUTED_ENV[name]}`,
};

function advice(given: unknown): string | undefined {
  const ours = valueInOurWords(given);
  return ours === undefined ? missingQuotes(TEXT)(given) : `write ${ours}`;
}

const value = named(
  'EnvValue',
  z
    .union([textField(TEXT), secretKeyField(), configMapKeyField()], refusal(TEXT.what, advice))
    .meta({ description: 'Value of the variable: text, or a key of a Secret or ConfigMap.' }),
  'Value of an environment variable: text, or a key of a Secret or ConfigMap.',
);

export const env = key({
  field: recordField(ENV_NAME, value, RESERVED),
  description: `Environment variables of the container, by name. A value is text, \`{ secret, key }\` or \`{ configMap, key }\`. As in Kubernetes, \`$(NAME)\` is the value of another variable and \`$$\` is \`$\`; the variables are sorted so that references work. These are computed and must not be set: ${Object.keys(COMPUTED_ENV).join(', ')}; with \`serviceWindows\`, also COMPONENTS_FILE.`,
  unset: 'only the computed variables',
  example: { LOG_LEVEL: 'info' },
});
