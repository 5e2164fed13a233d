import { expected } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { checkKeys, type Checked, type Constraint } from '../schema/constraint.js';
import { objectOf } from '../schema/object-of-keys.js';
import { deliveredName } from './delivered.js';
import { DELIVERY_KEYS, type DeliveryContext, type ResolvedDelivery } from './delivery-keys.js';

export const deliverySchema = objectOf(DELIVERY_KEYS);

/** Checks `delivery`. Returns all problems, or the value with every default. @param name name of the application */
export function checkDelivery(
  delivery: unknown,
  { name, environment }: DeliveryContext & { readonly name: unknown },
): Checked<ResolvedDelivery> {
  const constraints: readonly Constraint<ResolvedDelivery>[] = [
    { reads: [], problems: () => oneTool(delivery as object) },
    {
      reads: [],
      problems: () => (typeof name === 'string' ? longName(deliveredName({ name, environment })) : []),
    },
  ];
  return checkKeys(DELIVERY_KEYS, deliverySchema, constraints, delivery, { environment });
}

function oneTool(delivery: object): FieldDiagnostic[] {
  const given = Object.keys(delivery);
  const hasBoth = Object.keys(DELIVERY_KEYS).every((tool) => given.includes(tool));
  return given.length > 0 && !hasBoth
    ? []
    : [{ path: [], message: expected('either argocd or flux', delivery) }];
}

/** Labels that Argo CD and Flux put on objects contain the name (IsValidLabelValue). */
const LONGEST_NAME = 63;

function longName(name: string): FieldDiagnostic[] {
  if (name.length <= LONGEST_NAME) return [];
  const message = `its objects would be named ${name}, beyond ${LONGEST_NAME} characters`;
  const hint = "shorten the name, or the environment's";
  return [{ path: [], message, hint }];
}
