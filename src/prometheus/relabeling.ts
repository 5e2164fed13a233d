import { keeps, type TextRule } from '../kubernetes/text-rules.js';
import { expected } from '../problems/expected.js';

/** What a relabeling does; in the operator's spelling, the default is replace. */
export const RELABEL_ACTIONS = [
  'replace',
  'keep',
  'drop',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
  'keepequal',
  'dropequal',
] as const;

/** One step of relabelling, as the operator's RelabelConfig has it. What is not given stays at Prometheus' default. */
export interface Relabeling {
  /** Labels whose values are joined. */
  readonly sourceLabels?: readonly string[];
  /** Between the joined values. @default ; */
  readonly separator?: string;
  /** The label to write. */
  readonly targetLabel?: string;
  /** What the joined values must match, from end to end; RE2 syntax. @default (.*) */
  readonly regex?: string;
  /** For the action hashmod. */
  readonly modulus?: number;
  /** What to write; `$1` is the first group. @default $1 */
  readonly replacement?: string;
  /** @default replace */
  readonly action?: (typeof RELABEL_ACTIONS)[number];
}

/** A label with the same value on every target. */
export function fixedLabel(targetLabel: string, value: string): Relabeling {
  return { targetLabel, replacement: value.replaceAll('$', '$$$$') };
}

const WRITING = new Set(['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal']);

/** All that these actions take beside `action`. */
const TAKEN_ONLY: Readonly<Record<string, readonly string[]>> = {
  labeldrop: ['regex'],
  labelkeep: ['regex'],
  keepequal: ['sourceLabels', 'targetLabel'],
  dropequal: ['sourceLabels', 'targetLabel'],
};

/** Written out, these count as not given; a regex does not (model/relabel DefaultRelabelConfig). */
const UNSEEN: Relabeling = { separator: ';', replacement: '$1' };

/** A label name with references such as `$1` or `${1}` to groups of the regex. */
const NAME_TEMPLATE: TextRule = {
  what: 'a label name (letters, digits and "_", no digit first) or one with $1 or ${1} in it',
  pattern: /^([a-zA-Z_]|\$\w|\$\{\w+\})(\w|\$\w|\$\{\w+\})*$/,
};

/** What Prometheus would refuse in a step whose fields are right by themselves (model/relabel Config.Validate). */
export function relabelingProblem(step: Relabeling): string | undefined {
  const { action = 'replace', targetLabel, modulus, sourceLabels, replacement } = step;
  if (WRITING.has(action) && targetLabel === undefined) return `the action ${action} needs a targetLabel`;
  if (action === 'hashmod' && modulus === undefined) return 'the action hashmod needs a modulus';
  if (['lowercase', 'uppercase', 'keepequal', 'dropequal'].includes(action) && sourceLabels === undefined) {
    return `the action ${action} needs sourceLabels`;
  }
  if ((action === 'lowercase' || action === 'uppercase') && isSeen('replacement', replacement)) {
    return `the action ${action} takes no replacement; remove it`;
  }
  if (action === 'labelmap' && replacement !== undefined && !keeps(NAME_TEMPLATE, replacement)) {
    return `the action labelmap makes names of labels; replacement: ${expected(NAME_TEMPLATE.what, replacement)}`;
  }
  const taken = TAKEN_ONLY[action];
  if (taken === undefined) return undefined;
  const others = Object.entries(step)
    .filter(([field, value]) => isSeen(field as keyof Relabeling, value))
    .map(([field]) => field)
    .filter((field) => field !== 'action' && !taken.includes(field));
  if (others.length === 0) return undefined;
  return `the action ${action} takes ${taken.join(' and ')} only; remove ${others.join(', ')}`;
}

function isSeen(field: keyof Relabeling, value: unknown): boolean {
  return value !== undefined && value !== UNSEEN[field];
}
