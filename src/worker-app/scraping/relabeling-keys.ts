import { choiceField, listField, parsedTextField, textField, wholeNumberField } from '../../schema/fields.js';
import type { AnyTextFormat } from '../../kubernetes/text-formats.js';
import { LABEL_NAME_TEMPLATE, META_LABEL_NAME } from '../../prometheus/label-name.js';
import { checkRegularExpression, REGULAR_EXPRESSION } from '../../prometheus/regular-expression.js';
import { RELABEL_ACTIONS } from '../../prometheus/relabel-config.js';
import { key } from '../../schema/key.js';
import { objectOf } from '../../schema/object-of-keys.js';
import { definedIn } from '../../schema/type-names.js';
import { memo } from '../../memo.js';

const TEXT: AnyTextFormat = { what: 'text' };
const MODULUS = { min: 1, max: 1_000_000_000 };

/** The keys of one relabeling step. Their defaults are those of Prometheus and are not written to the manifest. */
const keys = {
  sourceLabels: key({
    field: () => listField(textField(META_LABEL_NAME)),
    description: 'Labels whose values are joined with `separator`. `regex` is matched against the result.',
    unset: 'none',
    example: ['__meta_kubernetes_pod_node_name'],
    needs: { targetLabel: 'node' },
  }),
  separator: key({
    field: () => textField(TEXT),
    description: 'Text between the values of `sourceLabels`.',
    theirDefault: ';',
    example: '/',
    needs: { sourceLabels: ['namespace', 'pod'], targetLabel: 'place' },
  }),
  targetLabel: key({
    field: () => textField(LABEL_NAME_TEMPLATE),
    description: 'Label to which the result is written.',
    unset: 'none',
    example: 'host',
    needs: { sourceLabels: ['__meta_kubernetes_pod_node_name'] },
  }),
  regex: key({
    field: () => parsedTextField(REGULAR_EXPRESSION, checkRegularExpression),
    description: 'Regular expression (RE2) that the joined values must match completely.',
    theirDefault: '(.*)',
    example: 'eu-.*',
    needs: { sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' },
  }),
  modulus: key({
    field: () => wholeNumberField(MODULUS),
    description: 'Modulus of the hash of the joined values, 1 to 1000000000. Only for the action `hashmod`.',
    unset: 'none',
    example: 8,
    needs: { action: 'hashmod', sourceLabels: ['__address__'], targetLabel: '__tmp_hash' },
  }),
  replacement: key({
    field: () => textField(TEXT),
    description: 'Value to write to `targetLabel`. `$1` is the first group of `regex`.',
    theirDefault: '$1',
    example: 'eu',
    needs: { targetLabel: 'region' },
  }),
  action: key({
    field: () => choiceField(RELABEL_ACTIONS),
    description: 'Action of the step, in the spelling of the prometheus-operator.',
    theirDefault: 'replace',
    example: 'keep',
    needs: { sourceLabels: ['__meta_kubernetes_pod_node_name'], regex: 'eu-.*' },
  }),
};

const item = memo(() => definedIn('src/prometheus/relabel-config.ts', 'Relabeling', objectOf(keys)));

/** One relabeling step, with the operator's keys. */
export const relabelings = { keys, item };
