import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { shop } from '../../a-worker-app.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';

const MODULE = 'sigs.k8s.io/gateway-api@v1.4.1';

/** The schema of the CustomResourceDefinition. The API server drops fields that it does not know. */
function crdSchema(): object {
  const options = { cwd: tmpdir(), env: { ...process.env, GOFLAGS: '-mod=mod' }, encoding: 'utf8' } as const;
  const { Dir } = JSON.parse(execFileSync('go', ['mod', 'download', '-json', MODULE], options)) as { Dir: string };
  const file = path.join(Dir, 'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml');
  const { spec } = load(readFileSync(file, 'utf8')) as Loose;
  const { schema } = spec.versions.find(({ name }: Loose) => name === 'v1');
  return closed(schema.openAPIV3Schema) as object;
} // prettier-ignore

function closed(schema: Loose): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isOpen = schema.type !== 'object' || schema.properties === undefined || schema.additionalProperties;
  return isOpen ? inner : { ...inner, additionalProperties: false };
}

const parentRefs = [{ name: 'public', namespace: 'gateways', sectionName: 'https' }];

test.each<[string, NonNullable<WorkerAppProps['httpRoute']>]>([
  ['the default rule', { parentRefs, hostnames: ['shop.example.com', '*.example.org'] }],
  [
    'matches, filters and backends',
    {
      parentRefs,
      annotations: { a: 'b' },
      rules: [
        {
          matches: [
            {
              path: { value: '/api' },
              headers: [{ name: 'a', value: 'b' }],
              queryParams: [{ name: 'c', value: 'd' }],
              method: 'GET',
            },
          ],
          filters: [
            { type: 'RequestHeaderModifier', requestHeaderModifier: { add: [{ name: 'e', value: 'f' }] } },
            {
              type: 'URLRewrite',
              urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
            },
            {
              type: 'RequestMirror',
              requestMirror: { backendRef: { name: 'shadow', port: 80 }, percent: 10 },
            },
          ],
          timeouts: { request: '30s', backendRequest: '10s500ms' },
        },
        { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] },
        { backendRefs: [{ name: 'static', port: 80, weight: 5 }] },
      ],
    },
  ],
])('the Gateway API accepts %s', (_, httpRoute) => {
  const route = manifestsOf(shop({ httpRoute })).all.find(({ kind }) => kind === 'HTTPRoute');
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false });
  const accepts = ajv.compile(crdSchema());
  accepts(structuredClone(route));
  expect(accepts.errors).toBeNull();
});
