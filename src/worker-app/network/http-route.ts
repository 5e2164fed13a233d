import type {
  GatewayHTTPBackendRef as BackendRef,
  GatewayHTTPRouteMatch as Match,
  GatewayHTTPRouteRule as Rule,
} from '../../kubernetes-shapes/gateway-api-types.js';
import { mergeShapes } from '../../kubernetes-shapes/merge-shapes.js';
import type { HTTPRouteFields } from '../../kubernetes-shapes/types.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import type { KeyContext } from '../key.js';

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/**
 * The HTTPRoute of an application. The API server adds these defaults, and Argo CD would see a difference for ever. So the
 * manifest contains them.
 *
 * @see https://github.com/argoproj/argo-cd/issues/22151
 */
const DEFAULTS = {
  parentRef: { group: GATEWAY_GROUP, kind: 'Gateway' },
  backendRef: { group: '', kind: 'Service', weight: 1 },
  path: { type: 'PathPrefix', value: '/' },
} as const;

export function httpRouteObject(
  given: HTTPRouteFields,
  { name, http }: Pick<KeyContext, 'name' | 'http'>,
): Manifest {
  const {
    annotations,
    parentRefs = [],
    hostnames,
    rules = [{}],
    ...others
  } = mergeShapes({}, given) as HTTPRouteFields;
  const own: BackendRef = { name, port: http.servicePort };
  return {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'HTTPRoute',
    metadata: { ...(annotations !== undefined && { annotations }) },
    spec: {
      ...others,
      parentRefs: parentRefs.map((parent) => ({ ...DEFAULTS.parentRef, ...parent })),
      hostnames,
      rules: rules.map((rule) => ruleTo(own, rule)),
    },
  };
}

/** A rule with its defaults. It leads to the application, if it neither leads elsewhere nor redirects. */
function ruleTo(own: BackendRef, { name, matches = [{}], filters, backendRefs, ...others }: Rule): object {
  const backends = backendRefs ?? (redirects({ filters }) ? undefined : [own]);
  return {
    name,
    matches: matches.map((match: Match) => ({ ...match, path: { ...DEFAULTS.path, ...match.path } })),
    filters,
    ...others,
    backendRefs: backends?.map((backend) => ({ ...DEFAULTS.backendRef, ...backend })),
  };
}

/** Whether a rule answers with a redirect. The Gateway API allows no backends then. */
export function redirects({ filters = [] }: Pick<Rule, 'filters'>): boolean {
  return filters.some(
    ({ type, requestRedirect }) => type === 'RequestRedirect' || requestRedirect !== undefined,
  );
}
