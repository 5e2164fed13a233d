import { checkManifests } from '../../../src/checks/check-manifests.js';
import { trace } from '../../../src/checks/trace/trace.js';
import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { problemsOf, refusalsOf, shop, shopWith } from '../../a-worker-app.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';

type Route = NonNullable<WorkerAppProps['httpRoute']>;

const PARENTS = { parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }] };
const BACKEND = { group: '', kind: 'Service', name: 'shop', port: 80, weight: 1 };
const EVERYTHING = { path: { type: 'PathPrefix', value: '/' } };
const routeOf = (httpRoute: Route, others: Partial<WorkerAppProps> = {}): Loose =>
  manifestsOf(shop({ ...others, httpRoute })).all.find(({ kind }) => kind === 'HTTPRoute');

test('an HTTPRoute leads from the Gateway to the port http of the Service', () => {
  const route = routeOf(
    { ...PARENTS, hostnames: ['shop.example.com'], annotations: { a: 'b' } },
    { http: { servicePort: 8080 } },
  );
  expect(route).toMatchObject({
    apiVersion: 'gateway.networking.k8s.io/v1',
    metadata: { name: 'shop', namespace: 'default', annotations: { a: 'b' } },
  });
  expect(route.spec).toEqual({
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', ...PARENTS.parentRefs[0] }],
    hostnames: ['shop.example.com'],
    rules: [{ matches: [EVERYTHING], backendRefs: [{ ...BACKEND, port: 8080 }] }],
  });
});

test.each<[string, NonNullable<Route['rules']>[number], object]>([
  ['without backends leads to the application', { matches: [{ path: { value: '/api' } }] },
    { matches: [{ path: { type: 'PathPrefix', value: '/api' } }], backendRefs: [BACKEND] }],
  ['with backends keeps them', { backendRefs: [{ name: 'static', port: 8080, weight: 0 }] },
    { matches: [EVERYTHING], backendRefs: [{ ...BACKEND, name: 'static', port: 8080, weight: 0 }] }],
  ['with no backends on purpose keeps none', { backendRefs: [] }, { matches: [EVERYTHING], backendRefs: [] }],
  ['with a redirect has no backends', { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] },
    { matches: [EVERYTHING], filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }],
  ['with another filter leads to the application', { filters: [{ type: 'CORS', cors: { allowOrigins: ['*'] } }], timeouts: { request: '10s' } },
    { matches: [EVERYTHING], filters: [{ type: 'CORS', cors: { allowOrigins: ['*'] } }], timeouts: { request: '10s' }, backendRefs: [BACKEND] }],
])('a rule %s', (_, rule, expected) => {
  expect(routeOf({ ...PARENTS, rules: [rule] }).spec.rules).toEqual([expected]);
}); // prettier-ignore

test('a field that is null is as if it were not there', () => {
  const { spec } = routeOf({ ...PARENTS, hostnames: null, rules: null } as unknown as Route);
  expect(spec).not.toHaveProperty('hostnames');
  expect(spec.rules).toEqual([{ matches: [EVERYTHING], backendRefs: [BACKEND] }]);
});

test('an HTTPRoute changes nothing about the metrics', () => {
  const { all } = manifestsOf(shop({ httpRoute: PARENTS }));
  expect(checkManifests(all)).toEqual([]);
  expect(trace(all).chains.map(({ isWhole }) => isWhole)).toEqual([true, true, true]);
});

test.each<[string, Partial<WorkerAppProps>, string | undefined]>([
  ['is the first one without *', { httpRoute: { ...PARENTS, hostnames: ['*.example.com', 'shop.example.com'] } }, 'shop.example.com'],
  ['is that of the Ingress, if there are both', { ingress: { host: 'a.example.com' }, httpRoute: { ...PARENTS, hostnames: ['b.example.com'] } }, 'a.example.com'],
  ['is that of the HTTPRoute, if the Ingress has none', { ingress: { host: '*.example.com' }, httpRoute: { ...PARENTS, hostnames: ['b.example.com'] } }, 'b.example.com'],
  ["is the pod's IP without host names", { httpRoute: PARENTS }, undefined],
])('the Host header of the probes %s', (_, props, host) => {
  const { container } = manifestsOf(shop({ ...props, http: { healthPath: '/up' } }));
  const { httpHeaders } = container.livenessProbe.httpGet;
  expect(httpHeaders).toEqual(host === undefined ? undefined : [{ name: 'Host', value: host }]);
}); // prettier-ignore

test('an environment adds the Gateway', () => {
  const values = 'name: shop\nimage: a/b:v1\nworkers: 3\nhttpRoute: { hostnames: [shop.example.com] }\n';
  const withGateway = 'environments: { production: { httpRoute: { parentRefs: [{ name: public }] } } }\n';
  expect(refusalsOf(`${values}${withGateway}`)).toEqual([]);
  expect(refusalsOf(values)).toEqual([
    'values/shop.yaml:4: httpRoute.parentRefs: missing; an HTTPRoute without a Gateway receives no requests; write parentRefs: [{ name: gateway, namespace: gateways }], with the names of your Gateway',
  ]);
});

const HOST = 'expected a host name in lowercase letters such as shop.example.com, or *.example.com';
const CLIENTS = 'is not a port of the Service for clients (http (80)); name one of them, or add it to ports';
const redirect = { type: 'RequestRedirect', requestRedirect: {} };

test.each<[string, object, string]>([
  ['a scheme', { hostnames: ['https://shop.example.com'] }, `httpRoute.hostnames[0]: ${HOST}, got "https://shop.example.com"; write shop.example.com`],
  ['a port', { hostnames: ['shop.example.com:443'] }, `httpRoute.hostnames[0]: ${HOST}, got "shop.example.com:443"; write shop.example.com`],
  ['an address', { hostnames: ['192.0.2.1'] }, `httpRoute.hostnames[0]: ${HOST}, got "192.0.2.1"`],
  ['a wildcard that is not first', { hostnames: ['a.*.example.com'] }, `httpRoute.hostnames[0]: ${HOST}, got "a.*.example.com"`],
  ['a host that is there twice', { hostnames: ['a.example', 'a.example'] }, 'httpRoute.hostnames[1]: "a.example" is in the list already, as number 1; remove one of the two'],
  ['the host of an Ingress', { host: 'shop.example.com' }, 'httpRoute.host: this field is not written here; write hostnames: [shop.example.com]'],
  ['an unknown field of a rule', { rules: [{ backendRef: [] }] }, 'httpRoute.rules[0].backendRef: an HTTPRouteRule of the Gateway API has no such field; did you mean "backendRefs"?'],
  ['the path type of an Ingress', { rules: [{ matches: [{ path: { type: 'Prefix', value: '/' } }] }] }, 'httpRoute.rules[0].matches[0].path.type: expected Exact, PathPrefix or RegularExpression, got "Prefix"'],
  ['a path without /', { rules: [{ matches: [{ path: { value: 'api' } }] }] }, 'httpRoute.rules[0].matches[0].path.value: expected a path with a "/" first, and no "//", got "api"'],
  ['no rules', { rules: [] }, 'httpRoute.rules: expected at least one rule, got an empty list; remove it for the default'],
  ['a backend beside a redirect', { rules: [{ filters: [redirect], backendRefs: [{ name: 'a', port: 1 }] }] }, 'httpRoute.rules[0].backendRefs: a rule with a redirect has no backends; remove one of the two'],
  ['a filter without its field', { rules: [{ filters: [{ type: 'URLRewrite' }] }] }, 'httpRoute.rules[0].filters[0].urlRewrite: missing; a filter of type URLRewrite has it'],
  ['a filter with the field of another', { rules: [{ filters: [{ ...redirect, cors: {} }] }] }, 'httpRoute.rules[0].filters[0].cors: a filter of type RequestRedirect does not have it; write a filter for each'],
  ['a timeout without a unit', { rules: [{ timeouts: { request: '30' } }] }, 'httpRoute.rules[0].timeouts.request: expected a duration such as 30s or 500ms, got "30"'],
  ['a metrics port', { rules: [{ backendRefs: [{ name: 'shop', port: 8002 }] }] }, `httpRoute.rules[0].backendRefs[0].port: 8002 ${CLIENTS}`],
  ['a mirror to a metrics port', { rules: [{ filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'shop', port: 8002 } } }] }] }, `httpRoute.rules[0].filters[0].requestMirror.backendRef.port: 8002 ${CLIENTS}`],
  ['a Service without a port', { rules: [{ backendRefs: [{ name: 'static' }] }] }, 'httpRoute.rules[0].backendRefs[0].port: missing; expected the number of a port of the Service'],
  ['a port that is none', { rules: [{ backendRefs: [{ name: 'static', port: 0 }] }] }, 'httpRoute.rules[0].backendRefs[0].port: expected a whole number from 1 to 65535, got 0'],
  ['no Gateway', { parentRefs: [] }, 'httpRoute.parentRefs: missing; an HTTPRoute without a Gateway receives no requests; write parentRefs: [{ name: gateway, namespace: gateways }], with the names of your Gateway'],
  ['a Gateway without a name', { parentRefs: [{ namespace: 'a' }] }, 'httpRoute.parentRefs[0].name: missing; expected text'],
  ['a namespace with a dot', { parentRefs: [{ name: 'a', namespace: 'b.c' }] }, 'httpRoute.parentRefs[0].namespace: expected a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters), got "b.c"'],
  ['one Gateway twice', { parentRefs: [{ name: 'a' }, { name: 'a', kind: 'Gateway' }] }, 'httpRoute.parentRefs[1]: "a" is in the list already, as number 1; remove one of the two, or give each another sectionName'],
])('%s is refused', (_, httpRoute, message) => {
  expect(problemsOf(shopWith({ httpRoute: { ...PARENTS, ...httpRoute } }))).toEqual([message]);
}); // prettier-ignore

test.each<[string, Route]>([
  ['two listeners of one Gateway', { parentRefs: [{ name: 'a', sectionName: 'http' }, { name: 'a', sectionName: 'https' }] }],
  ['Gateways of one name in two namespaces', { parentRefs: [{ name: 'a' }, { name: 'a', namespace: 'b' }] }],
  ['the default Gateways', { useDefaultGateways: 'All' }],
  ['a Service of a mesh', { parentRefs: [{ group: '', kind: 'Service', name: 'shop' }] }],
  ['a regular expression', { ...PARENTS, rules: [{ matches: [{ path: { type: 'RegularExpression', value: '[a-z]//' } }] }] }],
  ['a Service of another namespace', { ...PARENTS, rules: [{ backendRefs: [{ name: 'shop', namespace: 'other', port: 8001 }] }] }],
  ['a backend that is no Service', { ...PARENTS, rules: [{ backendRefs: [{ group: 'storage.example.com', kind: 'Bucket', name: 'a' }] }] }],
])('%s: is accepted', (_, httpRoute) => {
  expect(problemsOf(shop({ httpRoute }))).toEqual([]);
}); // prettier-ignore
