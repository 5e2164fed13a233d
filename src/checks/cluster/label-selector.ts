import { listAt, textAt, textsAt } from '../../kubernetes/manifest.js';
import { isReplacedLater } from '../../kubernetes/replaced-later.js';
import { scalarText } from '../../diagnostics/scalar-text.js';

/** Kubernetes' LabelSelector. */
export interface LabelSelector {
  matches(labels: Readonly<Record<string, string>>): boolean;
  /** The variable by whose value Flux decides whether the labels match; undefined if none decides. */
  openIn(labels: Readonly<Record<string, string>>): string | undefined;
  /** Whether it has no requirements. It then matches everything. */
  readonly isEmpty: boolean;
  /** The labels that `matchLabels` requires, as `key=value`. */
  readonly equalities: readonly string[];
  /** Every label value that `matchLabels` or an `In` expression accepts. */
  accepted(): { readonly key: string; readonly value: string }[];
  /** In kubectl's notation: `app=web,tier in (a,b)`. */
  toString(): string;
}

/** One of `matchExpressions`. */
export interface Requirement {
  readonly key: string;
  readonly operator: string | undefined;
  readonly values: readonly unknown[];
}

/** Reads the LabelSelector of a manifest; an empty one matches everything. */
export function labelSelector(selector: unknown): LabelSelector {
  const labels = Object.entries(textsAt(selector, 'matchLabels'));
  const requirements: readonly Requirement[] = [
    ...labels.map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...requirementsOf(selector),
  ];
  return {
    isEmpty: requirements.length === 0,
    equalities: labels.map((label) => label.join('=')),
    accepted: () =>
      requirements.flatMap(({ key, operator, values }) =>
        operator === 'In' ? values.map((value) => ({ key, value: scalarText(value) })) : [],
      ),
    matches: (labels) => requirements.every((requirement) => isMet(requirement, labels)),
    openIn: (labels) => {
      const unmet = requirements.filter((requirement) => !isMet(requirement, labels));
      const variables = unmet.map((requirement) => variableIn(requirement, labels));
      return variables.includes(undefined) ? undefined : variables[0];
    },
    toString: () => requirements.map(inWords).join(',') || '(everything)',
  };
}

/** Returns the `matchExpressions` of a LabelSelector. */
export function requirementsOf(selector: unknown): Requirement[] {
  return listAt(selector, 'matchExpressions').map((expression) => ({
    key: textAt(expression, 'key') ?? '',
    operator: textAt(expression, 'operator'),
    values: Array.isArray(expression['values']) ? (expression['values'] as unknown[]) : [],
  }));
}

function isMet({ key, operator, values }: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const has = Object.hasOwn(labels, key);
  switch (operator) {
    case 'In':
      return has && values.includes(labels[key]);
    case 'NotIn':
      return !has || !values.includes(labels[key]);
    case 'Exists':
      return has;
    case 'DoesNotExist':
      return !has;
    default:
      return false;
  }
}

/** The variable in a label, or in the values that it may have. */
function variableIn(
  { key, operator, values }: Requirement,
  labels: Readonly<Record<string, string>>,
): string | undefined {
  if (operator !== 'In' || !Object.hasOwn(labels, key)) return undefined;
  return [labels[key], ...values].map(scalarText).find(isReplacedLater);
}

function inWords({ key, operator, values }: Requirement): string {
  if (operator === 'In' && values.length === 1) return `${key}=${scalarText(values[0])}`;
  if (operator === 'Exists') return key;
  if (operator === 'DoesNotExist') return `!${key}`;
  return `${key} ${operator?.toLowerCase() ?? '?'} (${values.join(',')})`;
}
