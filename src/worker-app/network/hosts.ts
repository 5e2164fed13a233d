import { isMap } from '../../kubernetes/manifest.js';
import { INGRESS_HOST } from '../../kubernetes/http.js';
import type { HTTPRouteFields } from '../../kubernetes-shapes/types.js';
import type { Ingress } from './ingress-key.js';
import { hostsOf } from './ingress.js';

/** Hint for a host with a scheme, a port, a path, or in capital letters, and for a host with paths as in Helm charts. */
export function hostHint(value: unknown): string | undefined {
  if (isMap(value)) return 'write this map in ingress.rules';
  if (typeof value !== 'string') return undefined;
  const bare = value
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[:/].*$/, '')
    .toLowerCase();
  return bare !== value && INGRESS_HOST.pattern.test(bare) ? `write ${bare}` : undefined;
}

/** The first host without `*`: of the Ingress, else of the HTTPRoute. */
export function firstHost(
  ingress: Ingress | undefined,
  route: HTTPRouteFields | undefined,
): string | undefined {
  const hosts = [...(ingress === undefined ? [] : hostsOf(ingress)), ...(route?.hostnames ?? [])];
  return hosts.find((host) => !host.includes('*'));
}
