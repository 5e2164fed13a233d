import { checkManifests } from '../../../src/checks/check-manifests.js';
import { trace } from '../../../src/checks/trace/trace.js';
import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { formatMessage } from '../../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../../src/values/parse-values.js';
import { problemsOf, shop, shopWith } from '../../a-worker-app.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';

const ingressOf = (
  ingress: NonNullable<WorkerAppProps['ingress']>,
  others: Partial<WorkerAppProps> = {},
): Loose => manifestsOf(shop({ ...others, ingress })).all.find(({ kind }) => kind === 'Ingress');
const to = (path: string, port: object = { name: 'http' }, name = 'shop', pathType = 'Prefix') => ({
  path,
  pathType,
  backend: { service: { name, port } },
});

test('a host leads to the port http of the Service', () => {
  expect(ingressOf({ host: 'shop.example.com', className: 'nginx', annotations: { a: 'b' } })).toMatchObject({
    apiVersion: 'networking.k8s.io/v1',
    metadata: { name: 'shop', namespace: 'default', annotations: { a: 'b' } },
    spec: {
      ingressClassName: 'nginx',
      rules: [{ host: 'shop.example.com', http: { paths: [to('/')] } }],
    },
  });
});

test('without a host, it takes the requests to every host', () => {
  expect(ingressOf({ path: '/shop' }).spec).toEqual({ rules: [{ http: { paths: [to('/shop')] } }] });
});

test('several hosts have the same paths', () => {
  const { rules } = ingressOf({
    hosts: ['a.example.com', '*.example.org'],
    pathType: 'Exact',
    paths: [{ path: '/' }, { path: '/grpc', port: 'grpc', pathType: 'Prefix' }, { path: '/s', service: 'static', port: 80 }],
  }, { ports: { grpc: 9000 } }).spec; // prettier-ignore
  const paths = [
    to('/', { name: 'http' }, 'shop', 'Exact'),
    to('/grpc', { name: 'grpc' }),
    to('/s', { number: 80 }, 'static', 'Exact'),
  ];
  expect(rules).toEqual([
    { host: 'a.example.com', http: { paths } },
    { host: '*.example.org', http: { paths } },
  ]);
});

test('rules give each host paths of its own', () => {
  const { rules } = ingressOf({
    rules: [{ host: 'a.example.com', paths: [{ path: '/api' }] }, { host: 'b.example.com' }],
  }).spec;
  expect(rules).toEqual([
    { host: 'a.example.com', http: { paths: [to('/api')] } },
    { host: 'b.example.com', http: { paths: [to('/')] } },
  ]);
});

test.each<[string, NonNullable<WorkerAppProps['ingress']>['tls'], object[] | undefined]>([
  ['true is the Secret with the name of the application', true, [{ hosts: ['a.example.com'], secretName: 'shop-tls' }]],
  ['a name is another Secret', 'wildcard', [{ hosts: ['a.example.com'], secretName: 'wildcard' }]],
  ["Kubernetes' list is kept", [{ hosts: ['b.example.com'], secretName: 'b' }], [{ hosts: ['b.example.com'], secretName: 'b' }]],
  ['false is none', false, undefined],
])('tls: %s', (_, tls, expected) => {
  expect(ingressOf({ host: 'a.example.com', tls }).spec.tls).toEqual(expected);
}); // prettier-ignore

test('an Ingress changes nothing about the metrics', () => {
  const { all } = manifestsOf(shop({ ingress: { host: 'shop.example.com', tls: true } }));
  expect(checkManifests(all)).toEqual([]);
  expect(trace(all).chains.map(({ isWhole }) => isWhole)).toEqual([true, true, true]);
});

describe('the Host header of the probes', () => {
  const hostOf = (props: Partial<WorkerAppProps>) =>
    manifestsOf(shop(props)).container.livenessProbe?.httpGet.httpHeaders;
  const ingress = { hosts: ['*.example.com', 'shop.example.com'] };

  test.each<[string, Partial<WorkerAppProps>, object[] | undefined]>([
    ['is the first host without *', { ingress, http: { healthPath: '/up' } }, [{ name: 'Host', value: 'shop.example.com' }]],
    ['is the given one', { ingress, http: { healthPath: '/up', healthHost: 'a.example' } }, [{ name: 'Host', value: 'a.example' }]],
    ["is the pod's IP with null", { ingress, http: { healthPath: '/up', healthHost: null } }, undefined],
    ["is the pod's IP if every host has a *", { ingress: { host: '*.example.com' }, http: { healthPath: '/up' } }, undefined],
    ["is the pod's IP without an Ingress", { http: { healthPath: '/up' } }, undefined],
    ['is not there without probes', { ingress }, undefined],
  ])('%s', (_, props, expected) => {
    expect(hostOf(props)).toEqual(expected);
  }); // prettier-ignore
});

const HOST = 'expected a host name in lowercase letters such as shop.example.com, or *.example.com';
const CLIENTS = 'is not a port of the Service for clients (http (80)); name one of them, or add it to ports';

test.each([
  ['a scheme', { host: 'https://shop.example.com' }, `ingress.host: ${HOST}, got "https://shop.example.com"; write shop.example.com`],
  ['a port', { host: 'shop.example.com:443' }, `ingress.host: ${HOST}, got "shop.example.com:443"; write shop.example.com`],
  ['capital letters', { hosts: ['Shop.example.com'] }, `ingress.hosts[0]: ${HOST}, got "Shop.example.com"; write shop.example.com`],
  ['a wildcard in a label', { host: 'a*.example.com' }, `ingress.host: ${HOST}, got "a*.example.com"`],
  ['a wildcard that is not first', { host: 'a.*.example.com' }, `ingress.host: ${HOST}, got "a.*.example.com"`],
  ['a wildcard alone', { host: '*' }, `ingress.host: ${HOST}, got "*"`],
  ['an address', { host: '192.0.2.1' }, `ingress.host: ${HOST}, got "192.0.2.1"`],
  ['a path without /', { path: 'api' }, 'ingress.path: expected a path such as /health/ (a "/" first, printable ASCII without spaces), got "api"'],
  ['a metrics port', { paths: [{ port: 'metrics-1' }] }, `ingress.paths[0].port: "metrics-1" ${CLIENTS}`],
  ['a metrics port by its number', { rules: [{ paths: [{ port: 8002 }] }] }, `ingress.rules[0].paths[0].port: 8002 ${CLIENTS}`],
  ['a metrics port by the name of our Service', { paths: [{ service: 'shop', port: 8002 }] }, `ingress.paths[0].port: 8002 ${CLIENTS}`],
  ['host and hosts', { host: 'a.example.com', hosts: ['b.example.com'] }, 'ingress.host: ingress.hosts is set, too; remove one of the two; an environment removes that of the base with host: null'],
  ['an empty list of rules', { rules: [] }, 'ingress.rules: the list is empty: the Ingress would lead nowhere; add one of them, or remove rules'],
  ['a rule with an empty list of paths', { rules: [{ paths: [] }] }, 'ingress.rules[0].paths: the list is empty: the Ingress would lead nowhere; add one of them, or remove paths'],
  ['an empty list of hosts', { hosts: [] }, 'ingress.hosts: the list is empty: the Ingress would lead nowhere; add one of them, or remove hosts'],
  ["Kubernetes' rules", { rules: [{ host: 'a.example.com', http: { paths: [] } }] }, 'ingress.rules[0].http: write the paths beside host: paths: [{ path: /, port: http }]'],
])('%s is refused', (_, ingress, message) => {
  expect(problemsOf(shopWith({ ingress }))).toEqual([message]);
}); // prettier-ignore

test('the Service of the metrics ports is refused', () => {
  const ingress = { paths: [{ service: 'shop-metrics', port: 8001 }] };
  expect(problemsOf(shopWith({ ingress, metrics: { service: 'headless' } }))).toEqual([
    'ingress.paths[0].service: shop-metrics is the Service of the metrics ports, which only Prometheus reads; remove it, or name another Service',
  ]);
});

test.each<[string, NonNullable<WorkerAppProps['ingress']>, string[]]>([
  ['a path twice', { paths: [{ path: '/a' }, { path: '/a', port: 'grpc' }] }, ['ingress.paths[1]']],
  [
    'a path twice in a rule',
    { rules: [{ host: 'a.example', paths: [{ path: '/a' }, { path: '/a' }] }] },
    ['ingress.rules[0].paths[1]'],
  ],
  ['a host twice', { rules: [{ host: 'a.example' }, { host: 'a.example' }] }, ['ingress.rules[1]']],
  ['a path of another type', { paths: [{ path: '/a' }, { path: '/a', pathType: 'Exact' }] }, []],
  ['a path of another host', { rules: [{ host: 'a.example' }, { host: 'b.example' }] }, []],
])('%s is a warning where a request would have two backends', (_, ingress, expected) => {
  const text = JSON.stringify(shop({ ports: { grpc: 9000 }, ingress }));
  const { notes } = parseValues([{ file: 'a.yaml', text }]);
  expect(notes.map(({ field }) => field)).toEqual(expected);
  for (const note of notes)
    expect(formatMessage(note)).toMatch(
      /^(requests to every host|a\.example) with the path \/a? .*; remove one of the two$/,
    );
});
