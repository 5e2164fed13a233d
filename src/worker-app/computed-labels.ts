import type { TakenNames } from '../fields/fields.js';

/** The labels that Kubernetes recommends: computed, all that there are. */
export const TAKEN_LABELS: TakenNames = {
  clear: /^(?!app\.kubernetes\.io\/)/,
  advice: () => 'computed from name, instance and image; remove it and set those',
};
