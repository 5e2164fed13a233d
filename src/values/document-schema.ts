import type { z } from 'zod';
import { deliverySchema } from '../delivery/check-delivery.js';
import { KINDS, type Kind } from './kinds.js';

/** Keys of every document beside the props of its kind, in the base and in an environment. */
const BESIDE_PROPS = {
  delivery: deliverySchema.optional().meta({
    description: 'How this is deployed from a git repository: by `argocd` or by `flux`. Default: none.',
  }),
};

const schemas = new Map<Kind, z.ZodObject>();

/** The schema of a document of a kind, without `kind` and `environments`. */
export function documentSchema(kind: Kind): z.ZodObject {
  const known = schemas.get(kind) ?? KINDS[kind].schema.extend(BESIDE_PROPS);
  schemas.set(kind, known);
  return known;
}
