/** A whole number within bounds, both allowed. */
export interface WholeNumberRange {
  readonly min: number;
  readonly max: number;
}

/** The rule in words, as it follows `expected`. */
export function wholeNumber({ min, max }: WholeNumberRange): string {
  return `a whole number from ${min} to ${max}`;
}

/** Port numbers (IsValidPortNum). */
export const PORT: WholeNumberRange = { min: 1, max: 65_535 };

/** Ports that a container without privileges can bind anywhere: Pod Security 'restricted' grants none. */
export const UNPRIVILEGED_PORT: WholeNumberRange = { min: 1024, max: PORT.max };
