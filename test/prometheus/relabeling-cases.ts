import type { Relabeling } from '../../src/prometheus/relabel-config.js';

const NAME = 'expected a label name (letters, digits and "_", no digit first) or one with $1 or ${1} in it';
const NO_GROUP =
  'takes no group in its targetLabel: expected a label name (letters, digits and "_", no digit first), got "x_$1"';
const ab = { sourceLabels: ['a'], targetLabel: 'b' };

/** Steps that Prometheus refuses, and in which words we do. */
export const REFUSED: readonly (readonly [Relabeling, string])[] = [
  [{ sourceLabels: ['a'] }, 'the action replace needs a targetLabel'],
  [{ action: 'hashmod', sourceLabels: ['a'], modulus: 2 }, 'the action hashmod needs a targetLabel'],
  [{ ...ab, action: 'hashmod' }, 'the action hashmod needs a modulus'],
  [{ action: 'labeldrop', regex: 'a', ...ab }, 'the action labeldrop takes regex only; remove sourceLabels, targetLabel'],
  [{ action: 'labelkeep', regex: 'a', modulus: 2 }, 'the action labelkeep takes regex only; remove modulus'],
  [{ ...ab, action: 'keepequal', regex: 'x' }, 'the action keepequal takes sourceLabels and targetLabel only; remove regex'],
  [{ ...ab, action: 'keepequal', regex: '(.*)' }, 'the action keepequal takes sourceLabels and targetLabel only; remove regex'],
  [{ ...ab, action: 'dropequal', replacement: '${1}', separator: ';' }, 'the action dropequal takes sourceLabels and targetLabel only; remove replacement'],
  [{ ...ab, action: 'keepequal', modulus: 2, separator: ',' }, 'the action keepequal takes sourceLabels and targetLabel only; remove modulus, separator'],
  [{ ...ab, action: 'dropequal', replacement: 'x' }, 'the action dropequal takes sourceLabels and targetLabel only; remove replacement'],
  [{ action: 'dropequal', sourceLabels: ['a'] }, 'the action dropequal needs a targetLabel'],
  [{ ...ab, action: 'lowercase', replacement: 'x' }, 'the action lowercase takes no replacement; remove it'],
  [{ ...ab, action: 'uppercase', replacement: '' }, 'the action uppercase takes no replacement; remove it'],
  [{ action: 'hashmod', sourceLabels: ['a'], modulus: 2, targetLabel: 'x_$1' }, `the action hashmod ${NO_GROUP}`],
  ...['', '-', 'a-b', 'a.b', '1a', '$', '$$', '${}', '${a', 'a$', 'ä', '{1}'].map(
    (replacement) =>
      [
        { action: 'labelmap', regex: '(.*)', replacement },
        `the action labelmap makes names of labels; replacement: ${NAME}, got ${JSON.stringify(replacement)}`,
      ] as const,
  ),
]; // prettier-ignore

const VARIABLE =
  "expected text without $(NAME) (the operator's config-reloader replaces it by a variable of its own, or refuses the whole configuration), got";
const EMPTY = 'the operator leaves out an empty regex, and Prometheus then uses (.*); write ^$, or remove it';

/** Steps that Prometheus would take, and that do not what they say: through the operator, or at all. */
export const MISREAD: readonly (readonly [Relabeling, string])[] = [
  [{ action: 'drop', sourceLabels: ['a'], regex: '' }, EMPTY],
  [{ ...ab, regex: '' }, EMPTY],
  [{ ...ab, replacement: '$(HOSTNAME)' }, `replacement: ${VARIABLE} "$(HOSTNAME)"`],
  [{ ...ab, replacement: 'a-$$(1)' }, `replacement: ${VARIABLE} "a-$$(1)"`],
  [{ ...ab, separator: '$(A_b)' }, `separator: ${VARIABLE} "$(A_b)"`],
  [{ ...ab, regex: 'x$(y)' }, `regex: ${VARIABLE} "x$(y)"`],
  ...(['lowercase', 'uppercase', 'keepequal', 'dropequal'] as const).map(
    (action) =>
      [{ action, sourceLabels: ['a'], targetLabel: 'x_$1' }, `the action ${action} ${NO_GROUP}`] as const,
  ),
];

/** Steps that both take. */
export const TAKEN: readonly Relabeling[] = [
  ab,
  { ...ab, separator: ',', regex: '(.*)-x', replacement: 'a$1', action: 'replace' },
  { targetLabel: 'b', replacement: '' },
  ...['${1}', 'x_$1', '$1', '${1}_x'].map((targetLabel): Relabeling => ({
    sourceLabels: ['a'],
    targetLabel,
  })),
  { ...ab, regex: '^$' },
  { ...ab, regex: '(a|b)$', separator: '$()', replacement: '${1}$(a b)$((1))' },
  { action: 'keep', sourceLabels: ['a'], regex: 'x' },
  { action: 'drop' },
  { ...ab, action: 'hashmod', modulus: 8 },
  { action: 'labeldrop', regex: 'a|b' },
  { action: 'labelkeep' },
  { ...ab, action: 'keepequal', regex: undefined },
  { ...ab, action: 'dropequal' },
  { ...ab, action: 'lowercase', separator: ',', regex: 'x' },
  { ...ab, action: 'uppercase' },
  ...(['keepequal', 'dropequal', 'lowercase', 'uppercase'] as const).map((action): Relabeling => ({
    ...ab,
    action,
    separator: ';',
    replacement: '$1',
  })),
  { action: 'labeldrop', regex: 'a', separator: ';', replacement: '$1' },
  { action: 'labelkeep', regex: 'a', separator: ';', replacement: '$1' },
  { action: 'labelmap', regex: '(.*)' },
  ...['a', '_', 'a1', '$1', '${1}', 'a_${1}_b', '$1$2', 'a$1b', '${name}', '$1a'].map(
    (replacement): Relabeling => ({ action: 'labelmap', regex: '(.*)', replacement }),
  ),
];
