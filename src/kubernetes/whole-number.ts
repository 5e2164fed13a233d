/** A range of whole numbers. It includes `min` and `max`. */
export interface WholeNumberRange {
  readonly min: number;
  readonly max: number;
}

/** The range in words, as it follows `expected` in a message. */
export function wholeNumber({ min, max }: WholeNumberRange): string {
  return `a whole number from ${min} to ${max}`;
}

/** Port numbers (IsValidPortNum). */
export const PORT: WholeNumberRange = { min: 1, max: 65_535 };

/** Ports that a container can bind without privileges. Pod Security 'restricted' grants none. */
export const UNPRIVILEGED_PORT: WholeNumberRange = { min: 1024, max: PORT.max };
