import type { Message } from '../diagnostics/diagnostic.js';
import { matches } from '../kubernetes/text-formats.js';
import { expected } from '../diagnostics/expected.js';
import { CONFIG_TEXT } from './config-text.js';
import { LABEL_NAME_TEMPLATE, META_LABEL_NAME } from './label-name.js';

/** Actions of a relabeling, in the operator's spelling. The default is `replace`. */
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

/** One step of relabelling: the operator's RelabelConfig. Fields that are not set have Prometheus' defaults. */
export interface Relabeling {
  /** Labels whose values are joined. */
  readonly sourceLabels?: readonly string[];
  /** The text between the joined values. @default ; */
  readonly separator?: string;
  /** The label to write. */
  readonly targetLabel?: string;
  /** The joined values must match it as a whole; RE2 syntax. @default (.*) */
  readonly regex?: string;
  /** Modulus of the hash, for the action `hashmod`. */
  readonly modulus?: number;
  /** The new value; `$1` is the first group of the match. @default $1 */
  readonly replacement?: string;
  /** @default replace */
  readonly action?: (typeof RELABEL_ACTIONS)[number];
}

/** A label with the same value on every target. */
export function fixedLabel(targetLabel: string, value: string): Relabeling {
  return { targetLabel, replacement: value.replaceAll('$', '$$$$') };
}

const WRITING = new Set(['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal']);

/** The only fields that these actions accept beside `action`. */
const TAKEN_ONLY: Readonly<Record<string, readonly string[]>> = {
  labeldrop: ['regex'],
  labelkeep: ['regex'],
  keepequal: ['sourceLabels', 'targetLabel'],
  dropequal: ['sourceLabels', 'targetLabel'],
};

/**
 * Defaults that count as not set when they are written out; a default regex counts (model/relabel
 * DefaultRelabelConfig).
 */
const UNSEEN: Relabeling = { separator: ';', replacement: '$1' };

/** The first problem of a step whose fields are valid by themselves; undefined if there is none. */
export function relabelingProblem(step: Relabeling): Message | undefined {
  return changedOnTheWay(step) ?? missing(step) ?? unfit(step) ?? tooMuch(step);
}

/**
 * A problem if the operator or its config-reloader would change the step (prometheus-operator generateRelabelConfig).
 */
function changedOnTheWay(step: Relabeling): Message | undefined {
  if (step.regex === '') {
    const message = 'the operator leaves out an empty regex, and Prometheus then uses (.*)';
    return { message, hint: 'write ^$, or remove it' };
  }
  const field = (['separator', 'regex', 'replacement'] as const).find(
    (name) => !matches(CONFIG_TEXT, step[name] ?? ''),
  );
  return field && { message: `${field}: ${expected(CONFIG_TEXT.what, step[field])}` };
}

// Problems of a step that Prometheus refuses or understands differently (model/relabel Config.Validate).

function missing({
  action = 'replace',
  targetLabel,
  modulus,
  sourceLabels,
}: Relabeling): Message | undefined {
  const needs = (what: string) => ({ message: `the action ${action} needs ${what}` });
  if (WRITING.has(action) && targetLabel === undefined) return needs('a targetLabel');
  if (action === 'hashmod' && modulus === undefined) return needs('a modulus');
  if (['lowercase', 'uppercase', 'keepequal', 'dropequal'].includes(action) && sourceLabels === undefined) {
    return needs('sourceLabels');
  }
  return undefined;
}

function unfit({ action = 'replace', targetLabel, replacement }: Relabeling): Message | undefined {
  if (WRITING.has(action) && action !== 'replace' && !matches(META_LABEL_NAME, targetLabel)) {
    const wrong = expected(META_LABEL_NAME.what, targetLabel);
    return { message: `the action ${action} takes no group in its targetLabel: ${wrong}` };
  }
  if ((action === 'lowercase' || action === 'uppercase') && isSeen('replacement', replacement)) {
    return { message: `the action ${action} takes no replacement`, hint: 'remove it' };
  }
  if (action === 'labelmap' && replacement !== undefined && !matches(LABEL_NAME_TEMPLATE, replacement)) {
    const wrong = expected(LABEL_NAME_TEMPLATE.what, replacement);
    return { message: `the action labelmap makes names of labels; replacement: ${wrong}` };
  }
  return undefined;
}

function tooMuch(step: Relabeling): Message | undefined {
  const { action = 'replace' } = step;
  const taken = TAKEN_ONLY[action];
  if (taken === undefined) return undefined;
  const others = Object.entries(step)
    .filter(([field, value]) => isSeen(field as keyof Relabeling, value))
    .map(([field]) => field)
    .filter((field) => field !== 'action' && !taken.includes(field));
  if (others.length === 0) return undefined;
  const message = `the action ${action} takes ${taken.join(' and ')} only`;
  return { message, hint: `remove ${others.join(', ')}` };
}

function isSeen(field: keyof Relabeling, value: unknown): boolean {
  return value !== undefined && value !== UNSEEN[field];
}
