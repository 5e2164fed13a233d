import { Quantity } from '../kubernetes/quantity.js';
import { defaultMemoryLimit, defaultRequests } from './defaults.js';
import type { ResourceQuantities, Resources } from './worker-app-props.js';

type Quantities = Readonly<Record<string, Quantity>>;

export interface ResolvedResources {
  readonly requests: Quantities;
  readonly limits: Quantities;
}

/** What is given, over the defaults that fit the workers and what is given. */
export function resolveResources(workers: number, given: Resources | null = {}): ResolvedResources {
  if (given === null) return { requests: {}, limits: {} };
  const derived = defaultRequests(workers);
  const requests = merged(capped(derived, merged({}, given.limits)), given.requests);
  const limits = merged({ memory: defaultMemoryLimit(requests['memory'] ?? derived.memory) }, given.limits);
  return { requests, limits };
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

/** Kubernetes refuses a request above its limit; a default must not be the reason. */
function capped(requests: Quantities, limits: Quantities): Quantities {
  const entries = Object.entries(requests).map(([name, request]) => {
    const limit = limits[name];
    return [name, limit !== undefined && limit.value < request.value ? limit : request] as const;
  });
  return Object.fromEntries(entries);
}
