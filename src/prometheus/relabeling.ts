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

/** What Prometheus would refuse in a step whose fields are right by themselves (model/relabel Config.Validate). */
export function relabelingProblem(step: Relabeling): string | undefined {
  const { action = 'replace', targetLabel, modulus, sourceLabels } = step;
  if (WRITING.has(action) && targetLabel === undefined) return `the action ${action} needs a targetLabel`;
  if (action === 'hashmod' && modulus === undefined) return 'the action hashmod needs a modulus';
  if (['lowercase', 'uppercase', 'keepequal', 'dropequal'].includes(action) && sourceLabels === undefined) {
    return `the action ${action} needs sourceLabels`;
  }
  if (action === 'labeldrop' || action === 'labelkeep') {
    const others = Object.keys(step).filter((field) => field !== 'action' && field !== 'regex');
    if (others.length > 0) return `the action ${action} takes a regex only; remove ${others.join(', ')}`;
  }
  return undefined;
}
