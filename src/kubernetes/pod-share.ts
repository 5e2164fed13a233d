import type { Message } from '../diagnostics/diagnostic.js';
import { expected } from '../diagnostics/expected.js';
import type { TextFormat } from './text-formats.js';

/** A percentage of the pods. */
export const POD_PERCENTAGE: TextFormat = {
  what: 'a percentage from 0% to 100%',
  pattern: /^(100|[1-9]?[0-9])%$/,
  maxLength: 4,
};

/** The pods that a number or a percentage stands for. @see k8s.io/apimachinery GetScaledValueFromIntOrPercent */
export function podsOf(share: string | number, pods: number, round: (pods: number) => number): number {
  return typeof share === 'number' ? share : round((pods * Number.parseInt(share, 10)) / 100);
}

/** The problem of a number or a percentage of pods. @param isAnyPercentage whether it may be above 100% */
export function podShareProblem(
  share: unknown,
  { isAnyPercentage = false }: { readonly isAnyPercentage?: boolean } = {},
): Message | undefined {
  if (isPercentage(share))
    return isAnyPercentage || Number.parseInt(share, 10) <= 100
      ? undefined
      : { message: expected('100% or below', share) };
  if (typeof share === 'number' && share >= 0) return undefined;
  const message = expected('a number of pods or a percentage such as 25%', share);
  const isQuoted = typeof share === 'string' && /^[0-9]+$/.test(share);
  return isQuoted ? { message, hint: 'remove the quotes' } : { message };
}

export function isNoPod(share: unknown): boolean {
  return share === 0 || (isPercentage(share) && Number.parseInt(share, 10) === 0);
}

function isPercentage(share: unknown): share is string {
  return typeof share === 'string' && /^[0-9]+%$/.test(share);
}
