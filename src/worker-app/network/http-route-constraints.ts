import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { expected, inListAlready, inspect } from '../../diagnostics/expected.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import type {
  GatewayHTTPRouteFilter as Filter,
  GatewayHTTPRouteRule as Rule,
  GatewayParentReference as ParentRef,
} from '../../kubernetes-shapes/gateway-api-types.js';
import { mergeShapes } from '../../kubernetes-shapes/merge-shapes.js';
import type { HTTPRouteFields } from '../../kubernetes-shapes/types.js';
import { INGRESS_HOST } from '../../kubernetes/http.js';
import {
  DNS_1123_LABEL,
  DNS_1123_SUBDOMAIN,
  matches,
  type TextFormat,
} from '../../kubernetes/text-formats.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { clientPort } from './client-ports.js';
import { hostHint } from './hosts.js';
import { GATEWAY_GROUP, redirects } from './http-route.js';

/** Conditions of the Gateway API that are not in the types of its fields, and the application's own. */
export const HTTP_ROUTE_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  {
    reads: ['httpRoute'],
    problems: ({ httpRoute }) => {
      if (httpRoute === undefined) return [];
      const route = mergeShapes({}, httpRoute) as HTTPRouteFields;
      return [...parents(route), ...hostnames(route), ...rules(route)];
    },
  },
  { reads: ['httpRoute', 'ports', 'http', 'name', 'namespace', 'metrics.service'], problems: backends },
];

const ROUTE = 'httpRoute';

function parents({ parentRefs = [], useDefaultGateways }: HTTPRouteFields): FieldDiagnostic[] {
  const path = [ROUTE, 'parentRefs'];
  if (parentRefs.length === 0)
    return useDefaultGateways === 'All'
      ? []
      : [
          {
            path,
            message: 'missing; an HTTPRoute without a Gateway receives no requests',
            hint: 'write parentRefs: [{ name: gateway, namespace: gateways }], with the names of your Gateway',
          },
        ];
  return [
    ...parentRefs.flatMap((parent, i) => namesOf(parent, [...path, i])),
    ...sameParents(parentRefs, path),
  ];
}

const NAMES = { name: DNS_1123_SUBDOMAIN, namespace: DNS_1123_LABEL, sectionName: DNS_1123_SUBDOMAIN };

function namesOf(parent: ParentRef, path: FieldPath): FieldDiagnostic[] {
  return Object.entries<TextFormat>(NAMES).flatMap(([field, format]) => {
    const value = parent[field as keyof ParentRef];
    if (value === undefined || matches(format, value)) return [];
    return [{ path: [...path, field], message: expected(format.what, value) }];
  });
}

/** References to one Gateway name different listeners. */
function sameParents(parents: readonly ParentRef[], path: FieldPath): FieldDiagnostic[] {
  return parents.flatMap((parent, i): FieldDiagnostic[] => {
    const earlier = parents.slice(0, i).findIndex((other) => identity(other) === identity(parent));
    if (earlier === -1) return [];
    const listener = (one: ParentRef | undefined) => JSON.stringify([one?.sectionName, one?.port]);
    const isSame = parents
      .slice(0, i)
      .some((other) => identity(other) === identity(parent) && listener(other) === listener(parent));
    const isMixed = (parents[earlier]?.sectionName === undefined) !== (parent.sectionName === undefined);
    if (!isSame && !isMixed) return [];
    const message = `${inspect(parent.name)} is in the list already, as number ${earlier + 1}`;
    return [{ path: [...path, i], message, hint: 'remove one of the two, or give each another sectionName' }];
  });
}

function identity({ group = GATEWAY_GROUP, kind = 'Gateway', name, namespace }: ParentRef): string {
  return JSON.stringify([group, kind, namespace, name]);
}

function hostnames({ hostnames: hosts = [] }: HTTPRouteFields): FieldDiagnostic[] {
  return hosts.flatMap((host, i): FieldDiagnostic[] => {
    const path = [ROUTE, 'hostnames', i];
    const first = hosts.indexOf(host);
    if (first < i) return [{ path, ...inListAlready(host, first) }];
    if (matches(INGRESS_HOST, host)) return [];
    const hint = hostHint(host);
    return [{ path, message: expected(INGRESS_HOST.what, host), ...(hint !== undefined && { hint }) }];
  });
}

function rules({ rules: given }: HTTPRouteFields): FieldDiagnostic[] {
  const path = [ROUTE, 'rules'];
  if (given?.length === 0)
    return [
      { path, message: 'expected at least one rule, got an empty list', hint: 'remove it for the default' },
    ];
  return (given ?? []).flatMap((rule, i) => [
    ...(redirects(rule) && (rule.backendRefs ?? []).length > 0
      ? [
          {
            path: [...path, i, 'backendRefs'],
            message: 'a rule with a redirect has no backends',
            hint: 'remove one of the two',
          },
        ]
      : []),
    ...pathsOf(rule, [...path, i, 'matches']),
    ...filtersOf(rule.filters, [...path, i, 'filters']),
    ...(rule.backendRefs ?? []).flatMap(({ filters }, j) =>
      filtersOf(filters, [...path, i, 'backendRefs', j, 'filters']),
    ),
    ...timeoutsOf(rule, [...path, i, 'timeouts']),
  ]);
}

function pathsOf({ matches: given = [] }: Rule, place: FieldPath): FieldDiagnostic[] {
  return given.flatMap(({ path: match }, i) => {
    const { type = 'PathPrefix', value = '/' } = match ?? {};
    if (type === 'RegularExpression' || (value.startsWith('/') && !value.includes('//'))) return [];
    const message = expected('a path with a "/" first, and no "//"', value);
    return [{ path: [...place, i, 'path', 'value'], message }];
  });
}

/** `type` names the one other field that a filter has. */
function filtersOf(filters: readonly Filter[] = [], path: FieldPath): FieldDiagnostic[] {
  return filters.flatMap((filter, i): FieldDiagnostic[] => {
    const { type, ...others } = filter;
    const wanted = fieldOf(type);
    const given = Object.keys(others);
    if (!given.includes(wanted))
      return [{ path: [...path, i, wanted], message: `missing; a filter of type ${type} has it` }];
    return given
      .filter((field) => field !== wanted)
      .map((field) => ({
        path: [...path, i, field],
        message: `a filter of type ${type} does not have it`,
        hint: 'write a filter for each',
        inKey: true,
      }));
  });
}

function fieldOf(type: string): string {
  if (type === 'CORS') return 'cors';
  return type === 'URLRewrite' ? 'urlRewrite' : type.charAt(0).toLowerCase() + type.slice(1);
}

const DURATION = { what: 'a duration such as 30s or 500ms', pattern: /^([0-9]{1,5}(h|m|s|ms)){1,4}$/ };

function timeoutsOf({ timeouts = {} }: Rule, path: FieldPath): FieldDiagnostic[] {
  return Object.entries(timeouts).flatMap(([field, value]) =>
    matches(DURATION, value) ? [] : [{ path: [...path, field], message: expected(DURATION.what, value) }],
  );
}

/** A route leads to ports of the Service that are no metrics ports, by their numbers. */
function backends(app: ResolvedWorkerApp): FieldDiagnostic[] {
  return (app.httpRoute?.rules ?? []).flatMap(({ backendRefs = [], filters = [] }, i) => {
    const path = [ROUTE, 'rules', i];
    const mirrors = filters.map(({ requestMirror }, j) => ({
      ref: requestMirror?.backendRef,
      place: [...path, 'filters', j, 'requestMirror', 'backendRef'],
    }));
    const refs = backendRefs.map((ref, j) => ({ ref, place: [...path, 'backendRefs', j] }));
    return [...refs, ...mirrors].flatMap(({ ref, place }): FieldDiagnostic[] => {
      const { group = '', kind = 'Service', name: service, namespace = app.namespace, port } = ref ?? {};
      if (service === undefined || group !== '' || kind !== 'Service') return [];
      if (port === undefined)
        return [
          { path: [...place, 'port'], message: expected('the number of a port of the Service', undefined) },
        ];
      if (namespace !== app.namespace) return [];
      return clientPort(app, { service, port }, place, { service: 'name', port: 'port' });
    });
  });
}
