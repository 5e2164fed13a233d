import { dump } from 'js-yaml';
import { formatFieldPath, type FieldChange } from '../output/diff/field-changes.js';
import { withoutSeries } from './field-series.js';
import type { FileDifference } from './diff-folder.js';

const STATES = {
  missing: 'is missing',
  stale: 'is no longer described by any values',
  different: 'differs',
  'not YAML': 'is not YAML',
} as const;

/** `differs`, `is missing` */
export function stateOf({ state, changes }: FileDifference): string {
  const onlyText = state === 'different' && changes.length === 0 ? ' in its text, not in its objects' : '';
  return `${STATES[state]}${onlyText}`;
}

/** A changed field in words: its path, and its values before and after as YAML on one line. */
export interface FieldText {
  readonly field: string;
  /** Undefined if the field is added, or only the order of its items differs. */
  readonly before?: string;
  /** Undefined if the field is removed, or only the order of its items differs. */
  readonly after?: string;
}

/** The changed fields of an object in words: items of a list that are numbered, such as ports of workers, are one line. */
export function fieldTexts(changes: readonly FieldChange[]): FieldText[] {
  return withoutSeries(changes.map(fieldText));
}

function fieldText({ path, before, after, order }: FieldChange): FieldText {
  return {
    field: formatFieldPath(path),
    ...(order !== true && before !== undefined && { before: onOneLine(before) }),
    ...(order !== true && after !== undefined && { after: onOneLine(after) }),
  };
}

function onOneLine(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : dump(value, { flowLevel: 0, lineWidth: -1 }).trim();
}
