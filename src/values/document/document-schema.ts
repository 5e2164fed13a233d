import type { z } from 'zod';
import { DELIVERY_KEYS } from '../../delivery/delivery-keys.js';
import { type Keys } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';
import { objectOf } from '../../schema/object-of-keys.js';
import { KINDS, type Kind } from '../kinds.js';

/** Keys of every document beside the props of its kind, in the base and in an environment. */
const BESIDE_PROPS = {
  delivery: group({
    type: 'Delivery',
    description: 'How this is deployed from a git repository: by `argocd` or by `flux`.',
    unset: 'none',
    keys: DELIVERY_KEYS,
  }),
};

/** The keys of a document of a kind, without `kind` and `environments`. */
function documentKeys(kind: Kind): Keys {
  return { ...KINDS[kind].keys, ...BESIDE_PROPS };
}

const schemas = new Map<Kind, z.ZodObject>();

/** The schema of a document of a kind, without `kind` and `environments`. */
export function documentSchema(kind: Kind): z.ZodObject {
  const known = schemas.get(kind) ?? objectOf(documentKeys(kind));
  schemas.set(kind, known);
  return known;
}
