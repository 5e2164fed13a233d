import { resourcesOver, type ResolvedResources, type Resources } from '../kubernetes/resources.js';
import { defaultMemoryLimit, defaultRequests } from './defaults.js';

/** What is given, over the defaults that fit the workers and what is given. */
export function resolveResources(workers: number, given?: Resources | null): ResolvedResources {
  const derived = defaultRequests(workers);
  const limits = (requests: ResolvedResources['requests']) => ({
    memory: defaultMemoryLimit(requests['memory'] ?? derived.memory),
  });
  return resourcesOver(derived, limits, given);
}
