/** Percentage of pods that a rollout may add (rounded up), and that may be missing during it (rounded down). */
export const MAX_SURGE_PERCENT = 25;
