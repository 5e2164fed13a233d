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
