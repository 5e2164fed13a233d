import * as z from 'zod';
import { inspect, nearestName } from '../diagnostics/expected.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import {
  CONTAINER_RESOURCE,
  CONTAINER_RESOURCES,
  divides,
  DIVISOR,
  POD_FIELD,
  POD_FIELDS,
} from '../kubernetes/downward-api.js';
import { isMap } from '../kubernetes/manifest.js';
import type { ResourceVariable } from '../kubernetes/references.js';
import {
  CONFIG_KEY,
  DNS_1123_LABEL,
  DNS_1123_SUBDOMAIN,
  ENV_NAME,
  type TextFormat,
} from '../kubernetes/text-formats.js';
import { booleanField, missingQuotes, objectField, refusal, textField } from './fields.js';
import { sourceInOurWords, valueInOurWords } from './kubernetes-words.js';
import { definedIn, named } from './type-names.js';
import { memo } from '../memo.js';

// Environment variables of containers: the values of `env`, and the items of `envFrom`.

const REFERENCES = 'src/kubernetes/references.ts';

const TEXT: TextFormat = {
  what: 'text, { secret, key }, { configMap, key }, { field } or { resource }',
  // eslint-disable-next-line no-control-regex
  pattern: /^[^\u0000]*$/,
};

const secret = () =>
  textField(DNS_1123_SUBDOMAIN).meta({ description: 'Name of the Secret.', examples: ['shop'] });
const configMap = () =>
  textField(DNS_1123_SUBDOMAIN).meta({ description: 'Name of the ConfigMap.', examples: ['shop'] });
const optional = (what: string) =>
  booleanField()
    .optional()
    .meta({ description: `${what} Default: false.`, examples: [true] });

const key = memo(() => ({
  key: textField(CONFIG_KEY).meta({ description: 'The key in it.', examples: ['password'] }),
  optional: optional('Whether the variable is left out if the object or the key does not exist.'),
}));

const field = memo(() => objectField({
  field: textField(POD_FIELD, nearestField).meta({
    description: `Field of the pod: ${POD_FIELD.what}.`,
    examples: ['status.podIP'],
  }),
}));

const resource = memo(() => objectField({
  resource: textField(CONTAINER_RESOURCE, near(CONTAINER_RESOURCES)).meta({
    description: `Resource of the container: ${CONTAINER_RESOURCE.what}.`,
    examples: ['limits.memory'],
  }),
  containerName: textField(DNS_1123_LABEL)
    .optional()
    .meta({ description: 'Another container of the pod. Default: this container.', examples: ['proxy'] }),
  divisor: textField(DIVISOR).optional().meta({
    description: `Unit of the number: ${DIVISOR.what}. Default: cores and bytes.`,
    examples: ['1Mi'],
  }),
}).superRefine(divisorFits));

function divisorFits({ resource, divisor }: ResourceVariable, context: z.core.$RefinementCtx): void {
  if (divisor === undefined || divides(divisor, resource)) return;
  const units = resource.endsWith('.cpu') ? '"1" or 1m' : '"1" or a unit of bytes, such as 1Mi';
  const message = `expected ${units} for ${resource}, got ${inspect(divisor)}`;
  context.addIssue({ code: 'custom', path: ['divisor'], message });
}

/** All labels or annotations together are for volumes only. */
function nearestField(given: unknown): string | undefined {
  const [, all] = /^metadata\.(labels|annotations)\b/.exec(scalarText(given)) ?? [];
  return all === undefined ? near(POD_FIELDS)(given) : `write one of them: metadata.${all}['KEY']`;
}

function near(names: readonly string[]): (value: unknown) => string | undefined {
  return (value) => (typeof value === 'string' ? nearestName(value, names) : undefined);
}

function advice(given: unknown): string | undefined {
  const ours = valueInOurWords(given);
  return ours === undefined ? (missingQuotes(TEXT)(given) ?? mistypedKey(given)) : `write ${ours}`;
}

/** The hint about a mistyped key of a variable: `{ configmap: shop }`. */
function mistypedKey(given: unknown): string | undefined {
  const wrong = isMap(given) ? Object.keys(given).find((name) => !KEYS.includes(name)) : undefined;
  return wrong === undefined ? undefined : nearestName(wrong, KEYS);
}

const KEYS = ['secret', 'configMap', 'key', 'field', 'resource', 'prefix', 'optional'];

/** The value of a variable. */
export const variableField = () =>
  named(
    'EnvValue',
    z
      .union(
        [
          textField(TEXT),
          definedIn(REFERENCES, 'SecretVariable', objectField({ secret: secret(), ...key() })),
          definedIn(REFERENCES, 'ConfigMapVariable', objectField({ configMap: configMap(), ...key() })),
          definedIn(REFERENCES, 'FieldVariable', field()),
          definedIn(REFERENCES, 'ResourceVariable', resource()),
        ],
        refusal(TEXT.what, advice),
      )
      .meta({ description: `Value of the variable: ${TEXT.what}.` }),
    'Value of an environment variable: text, a key of a Secret or ConfigMap, a field of the pod, or a resource of a container.',
  );

const source = memo(() => ({
  prefix: textField(ENV_NAME).optional().meta({
    description: 'Text before the name of each variable. Default: none.',
    examples: ['SHOP_'],
  }),
  optional: optional('Whether the container starts without these variables if the object does not exist.'),
}));

/** A Secret or ConfigMap whose keys are variables. */
const variablesField = () =>
  z
    .union(
      [
        definedIn(REFERENCES, 'SecretVariables', objectField({ secret: secret(), ...source() })),
        definedIn(REFERENCES, 'ConfigMapVariables', objectField({ configMap: configMap(), ...source() })),
      ],
      refusal('{ secret } or { configMap }', (given) => {
        const ours = sourceInOurWords(given);
        return ours === undefined ? mistypedKey(given) : `write ${ours}`;
      }),
    )
    .meta({ description: 'A Secret or ConfigMap. Each of its keys is a variable.' });

/** Secrets and ConfigMaps whose keys are variables. */
export const variableSourcesField = () =>
  z.array(
    variablesField(),
    refusal('a list', (given) => {
      const ours = sourceInOurWords(given);
      return ours === undefined ? undefined : `write [${ours}]`;
    }),
  );
