import { Quantity } from './quantity.js';

/** Compute resources of a container: resource name → quantity, such as `500m` or `256Mi`. */
export interface Resources {
  readonly requests?: ResourceQuantities | null;
  readonly limits?: ResourceQuantities | null;
}

/** Resource name → quantity; null removes a default. */
export type ResourceQuantities = Readonly<Record<string, string | number | null>>;

export type Quantities = Readonly<Record<string, Quantity>>;

export interface ResolvedResources {
  readonly requests: Quantities;
  readonly limits: Quantities;
}

/**
 * Resources with defaults for the amounts that are not set. A default request is never above a limit that the user
 * sets.
 */
export function resourcesOver(
  requests: Quantities,
  limitsFor: (requests: Quantities) => Quantities,
  given: Resources | null = {},
): ResolvedResources {
  if (given === null) return { requests: {}, limits: {} };
  const finalRequests = merged(capped(requests, merged({}, given.limits)), given.requests);
  return {
    requests: finalRequests,
    limits: merged(limitsFor({ ...requests, ...finalRequests }), given.limits),
  };
}

function merged(defaults: Quantities, given: ResourceQuantities | null = {}): Quantities {
  if (given === null) return {};
  const result: Record<string, Quantity> = { ...defaults };
  for (const [name, quantity] of Object.entries(given)) {
    if (quantity === null) delete result[name];
    else result[name] = Quantity.parse(quantity);
  }
  return result;
}

/** Lowers default requests to their limits: Kubernetes refuses a request above its limit. */
function capped(requests: Quantities, limits: Quantities): Quantities {
  const entries = Object.entries(requests).map(([name, request]) => {
    const limit = limits[name];
    return [name, limit !== undefined && limit.value < request.value ? limit : request] as const;
  });
  return Object.fromEntries(entries);
}

/** Amounts as manifests contain them. */
export type WrittenQuantities = Readonly<Record<string, string>>;

export interface WrittenResources {
  readonly requests: WrittenQuantities;
  readonly limits: WrittenQuantities;
}

/** Resources with each quantity as text. */
export function writtenQuantities({ requests, limits }: ResolvedResources): WrittenResources {
  const texts = (amounts: Quantities) =>
    Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, String(amount)]));
  return { requests: texts(requests), limits: texts(limits) };
}

/** The `resources` of a container. Empty `requests` or `limits` are left out. */
export function requirements({ requests, limits }: WrittenResources) {
  const orNothing = (amounts: WrittenQuantities) => (Object.keys(amounts).length > 0 ? amounts : undefined);
  return { requests: orNothing(requests), limits: orNothing(limits) };
}
