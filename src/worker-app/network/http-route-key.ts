import { changedShape, ownShape } from '../../kubernetes-shapes/shapes.js';
import type { HTTPRouteFields } from '../../kubernetes-shapes/types.js';
import { shapeField } from '../../schema/shape-field.js';
import { key } from '../key.js';
import { httpRouteObject } from './http-route.js';

const HOSTNAMES = 'write hostnames: [shop.example.com]';
const PARENTS = 'write parentRefs: [{ name: gateway, namespace: gateways }]';
const RULES = 'write rules: [{ matches: [{ path: { type: PathPrefix, value: /api } }] }]';

const HTTP_ROUTE = ownShape('HTTPRouteFields', () =>
  changedShape('GatewayHTTPRouteSpec', {
    description: 'Annotations of the HTTPRoute, and fields of its spec.',
    fields: {
      annotations: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'Annotations of this HTTPRoute alone. Default: none.',
      },
    },
    elsewhere: {
      enabled: 'remove it: the key makes the HTTPRoute, and httpRoute: null in an environment removes it',
      host: HOSTNAMES,
      hosts: HOSTNAMES,
      hostname: HOSTNAMES,
      gateway: PARENTS,
      gateways: PARENTS,
      path: RULES,
      paths: RULES,
    },
  }),
);

export const httpRoute = key({
  field: () => shapeField<HTTPRouteFields>(HTTP_ROUTE),
  description:
    'An HTTPRoute of the Gateway API: requests through a Gateway to the Service. `parentRefs` names the Gateway. Rules without `backendRefs` or a redirect lead to the port `http` of the Service; `rules` is one of these by default. The probes send the first of `hostnames` without `*` as their `Host` header (`http.healthHost`).',
  unset: 'none',
  example: {
    parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
    hostnames: ['shop.example.com'],
  },
  objects: (given, context) => ({ 'http-route': httpRouteObject(given, context) }),
});
