import { unknownKey, withHint } from './message-with-hint.js';
import * as z from 'zod';
import { QUANTITY, quantityHint } from '../kubernetes/quantity.js';
import {
  ANY_LABEL_VALUE,
  CONFIG_KEY,
  DNS_1035_LABEL,
  DNS_1123_SUBDOMAIN,
  matches,
  LABEL_KEY,
  RESOURCE_NAME,
  type TextFormat,
} from '../kubernetes/text-formats.js';
import { userInfo } from '../kubernetes/url.js';
import { expected } from '../diagnostics/expected.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import { PROMETHEUS_DURATION, PrometheusDuration } from '../prometheus/prometheus-duration.js';
import { definedIn } from './type-names.js';
import {
  objectField,
  recordField,
  UNWRITABLE,
  type ReservedNames,
  parsedTextField,
  refusal,
  textField,
  textOf,
} from './fields.js';
import { memo } from '../memo.js';

// Fields that several kinds of values files share.

/** A duration in Prometheus' notation. */
export const durationField = () =>
  parsedTextField(PROMETHEUS_DURATION, PrometheusDuration.parse, (value) => {
    const text = scalarText(value);
    if (/^[1-9][0-9]*$/.test(text)) return `write ${text.slice(0, 10)}s for seconds`;
    const [, amount, unit] = /^([1-9][0-9]{0,9}) *(s|m|h|d)(?:ec|econd|in|inute|our|ay)?s?$/i.exec(text) ?? [];
    return amount === undefined ? undefined : `write ${amount}${unit?.toLowerCase()}`;
  });

export const secretKeyField = () =>
  definedIn(
    'src/kubernetes/references.ts',
    'SecretKey',
    objectField({
      secret: textField(DNS_1123_SUBDOMAIN).meta({ description: 'Name of the Secret.', examples: ['shop'] }),
      key: textField(CONFIG_KEY).meta({ description: 'The key in it.', examples: ['password'] }),
    }),
  );

export const configMapKeyField = () =>
  definedIn(
    'src/kubernetes/references.ts',
    'ConfigMapKey',
    objectField({
      configMap: textField(DNS_1123_SUBDOMAIN).meta({
        description: 'Name of the ConfigMap.',
        examples: ['shop'],
      }),
      key: textField(CONFIG_KEY).meta({ description: 'The key in it.', examples: ['log-level'] }),
    }),
  );

/**
 * Names of StatefulSets: at most 52 characters. The pod's label controller-revision-hash is the name, "-" and ten
 * characters, and a label value has at most 63.
 */
export const STATEFUL_SET_NAME: TextFormat = {
  what: DNS_1035_LABEL.what.replace('63', '52'),
  pattern: DNS_1035_LABEL.pattern,
  maxLength: 52,
};

/** A URL without a password. No message shows the password. @param advice the fix */
export function urlField(format: TextFormat, advice: string) {
  const error = {
    error: ({ input }: { readonly input?: unknown }) =>
      typeof input === 'string' ? refusedUrl(input, format, advice) : expected(format.what, input),
  };
  return textOf(format, error);
}

function refusedUrl(url: string, { what }: TextFormat, advice: string): string {
  if (userInfo(url) !== undefined) return withHint('the URL contains a user or password, which everyone could read', advice);
  const mayHoldPassword = /:.*@/s.test(url);
  return mayHoldPassword
    ? `expected ${what}; the value is not shown because it may contain a password`
    : expected(what, url);
}

/** Kubernetes labels. */
export const labelsField = (reserved: ReservedNames = UNWRITABLE) =>
  recordField(LABEL_KEY, textField(ANY_LABEL_VALUE), reserved);

const badQuantity = refusal(QUANTITY.what, quantityHint);
const quantity = memo(() => z.union(
  [
    textField(QUANTITY, quantityHint),
    z
      .number()
      .nonnegative(badQuantity)
      .refine((number) => matches(QUANTITY, String(number)), badQuantity),
    z.null(),
  ],
  badQuantity,
));
const quantities = () =>
  recordField(RESOURCE_NAME, quantity().meta({ description: `Amount of this resource: ${QUANTITY.what}.` }))
   .nullable().optional();

const IN_REQUESTS = unknownKey('write requests: { cpu: 500m, memory: 1Gi } and limits: { memory: 2Gi }');

/** Resources of a container; null removes one default or all defaults. */
export const resourcesField = () =>
  definedIn(
    'src/kubernetes/resources.ts',
    'Resources',
    objectField({
      requests: quantities().meta({
        description:
          'Amounts that the scheduler reserves: resource name → quantity. null removes one default, or all.',
        examples: [{ cpu: '500m', memory: '1Gi' }],
      }),
      limits: quantities().meta({
        description:
          'Amounts that the container cannot exceed: resource name → quantity. null removes one default, or all.',
        examples: [{ memory: '2Gi' }],
      }),
    }, { cpu: IN_REQUESTS, memory: IN_REQUESTS }),
  ).nullable();
