/** During a rollout, this share of the pods may be added (rounded up), and as many may be missing (rounded down). */
export const MAX_SURGE_PERCENT = 25;
