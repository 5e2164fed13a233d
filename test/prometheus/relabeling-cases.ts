import type { Relabeling } from '../../src/prometheus/relabeling.js';

const NAME = 'expected a label name (letters, digits and "_", no digit first) or one with $1 or ${1} in it';
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
  ...['', '-', 'a-b', 'a.b', '1a', '$', '$$', '${}', '${a', 'a$', 'ä', '{1}'].map(
    (replacement) =>
      [
        { action: 'labelmap', regex: '(.*)', replacement },
        `the action labelmap makes names of labels; replacement: ${NAME}, got ${JSON.stringify(replacement)}`,
      ] as const,
  ),
]; // prettier-ignore

/** Steps that both take. */
export const TAKEN: readonly Relabeling[] = [
  ab,
  { ...ab, separator: ',', regex: '(.*)-x', replacement: 'a$1', action: 'replace' },
  { targetLabel: 'b', replacement: '' },
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
