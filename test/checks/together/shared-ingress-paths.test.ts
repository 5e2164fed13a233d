import { afterwards } from '../one-change.js';

interface Given {
  readonly name: string;
  readonly namespace?: string;
  readonly annotations?: Record<string, string>;
  readonly className?: string;
  readonly host?: string | undefined;
  readonly path?: string;
  readonly pathType?: string;
  readonly service?: string;
}

function ingress(given: Given) {
  const { name, namespace = 'default', annotations, className = 'nginx', path = '/', pathType = 'Prefix' } = given;
  const host = 'host' in given ? given.host : 'a.example.com';
  const backend = { service: { name: given.service ?? name, port: { number: 80 } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, ...(annotations && { annotations }) },
    spec: { ingressClassName: className, rules: [{ ...(host !== undefined && { host }), http: { paths: [{ path, pathType, backend }] } }] },
  };
} // prettier-ignore

const found = (second: Given, first: Given = { name: 'web' }) =>
  afterwards(({ all }) => all.push(ingress(first), ingress(second)));

test.each<[string, Given]>([
  ['two Ingresses of one host and path', { name: 'blog' }],
  ['two in different namespaces', { name: 'blog', namespace: 'other' }],
  ['one of a canary that is off', { name: 'blog', annotations: { 'nginx.ingress.kubernetes.io/canary': 'false' } }],
])('%s: one gets the requests of both', (_, second) => {
  expect(found(second)).toEqual([
    `Ingress ${second.namespace ?? 'default'}/blog: spec.rules[0].http.paths[0]: Ingress default/web has a.example.com/, too, and only one of the two gets its requests; choose another host or path for one of them`,
  ]);
}); // prettier-ignore

test('a slash at the end is no other path', () => {
  expect(found({ name: 'blog', path: '/api/' }, { name: 'web', path: '/api' })).toHaveLength(1);
});

test.each<[string, Given, Given?]>([
  ['another host', { name: 'blog', host: 'b.example.com' }],
  ['another path', { name: 'blog', path: '/blog' }],
  ['another type of path', { name: 'blog', pathType: 'Exact' }],
  ['another class', { name: 'blog', className: 'internal' }],
  ['a canary', { name: 'blog', annotations: { 'nginx.ingress.kubernetes.io/canary': 'true' } }],
  ['the same Service', { name: 'blog', service: 'web' }],
  ['no host', { name: 'blog', host: undefined }, { name: 'web', host: undefined }],
])('two Ingresses are fine: %s', (_, ...[second, first]) => {
  expect(found(second, first)).toEqual([]);
});
