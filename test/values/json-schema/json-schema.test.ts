import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { parseAllDocuments } from 'yaml';
import { editorJsonSchema } from '../../../src/values/json-schema/editor-schema.js';
import { valuesJsonSchema } from '../../../src/values/json-schema/json-schema.js';
import { DOCUMENT_KINDS } from '../../../src/values/kinds.js';
import { problemsOf, refusalsOf, shopWith } from '../../a-worker-app.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const committed = JSON.parse(readFileSync(path.join(root, 'schema/values.schema.json'), 'utf8')) as object;
/** What VS Code and yaml-language-server read beside JSON Schema. */
const vocabulary = [
  'deprecationMessage',
  'defaultSnippets',
  'doNotSuggest',
  'errorMessage',
  'markdownDescription',
  'patternErrorMessage',
];
const options = {
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
  code: { optimize: false }, // compiles in half the time
};
const accepts = new Ajv(options).addVocabulary(vocabulary).compile(committed);

test('the committed schema is the one that the code gives', () => {
  expect(committed).toEqual(editorJsonSchema());
});

test('the schema says draft-07, which editors know', () => {
  expect(committed).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
});

test('the schema has the help of a key once, for the base and for all environments', () => {
  const [, ...helps] = JSON.stringify(committed).split('"Number of worker processes in each pod');
  expect(helps).toHaveLength(2); // `description` and `markdownDescription`
});

test('editors load the schema fast: it is smaller than 600 KB, half of its size if each environment repeats the keys', () => {
  expect(readFileSync(path.join(root, 'schema/values.schema.json'), 'utf8').length).toBeLessThan(550_000);
});

test('every key of every kind is described at any depth, for editors to show', () => {
  expect(undescribed(valuesJsonSchema())).toEqual([]);
});

test.each(readdirSync(path.join(root, 'values')).filter((name) => name.endsWith('.yaml')))(
  'the schema accepts values/%s',
  (name) => {
    for (const document of parseAllDocuments(readFileSync(path.join(root, 'values', name), 'utf8'))) {
      expect([accepts(document.toJS()), accepts.errors]).toEqual([true, null]);
    }
  },
);

/** What the schema must accept because the code does. */
test.each([
  [{}],
  [{ kind: 'WorkerApp' }],
  [{ runAsUser: null }],
  [{ resources: null }],
  [{ resources: { requests: { cpu: '500m', memory: 268_435_456 }, limits: null } }],
  [{ resources: { limits: { memory: null, 'nvidia.com/gpu': 1 } } }],
  [{ env: { A: 'b', B: { secret: 's', key: 'k' }, C: { configMap: 'c', key: 'k' } } }],
  [{ http: { port: 5000, servicePort: 80, healthPath: '/up', healthHost: 'a.example:8000' } }],
  [{ metrics: { startPort: 65_533, interval: '1m30s', scrapeTimeout: '500ms', exporter: 'gunicorn' } }],
  [{ gunicorn: { timeout: 60, maxRequests: 0, workerClass: 'uvicorn.workers.UvicornWorker', logs: 'json' } }],
])('schema and code accept %j', (changes) => {
  const { kind: _, ...props } = shopWith(changes) as unknown as Record<string, unknown>;
  expect(problemsOf(props)).toEqual([]);
  expect([accepts(shopWith(changes)), accepts.errors]).toEqual([true, null]);
});

const NO_WORKERS = { workers: undefined };

/** Fields refused by themselves, or for what is not beside them: JSON Schema can say it. */
test.each([
  [{ workers: 0 }],
  [{ workers: -1 }],
  [{ workers: 2.5 }],
  [{ workers: 101 }],
  [{ workers: '5' }],
  [NO_WORKERS],
  [{ name: 'Shop' }],
  [{ name: 's'.repeat(64) }],
  [{ image: 'my company/app' }],
  [{ imagePullPolicy: 'always' }],
  [{ namespace: 'a.b' }],
  [{ container: 'a_b' }],
  [{ instance: '' }],
  [{ replicas: -1 }],
  [{ runAsUser: 0 }],
  [{ worker: 5 }],
  [{ http: { prot: 5 } }],
  [{ http: { port: 65_536 } }],
  [{ http: { servicePort: 0 } }],
  [{ http: { healthPath: 'up' } }],
  [{ http: { healthPath: '/', healthHost: 'a b' } }],
  [{ http: { healthHost: 'a.example' } }],
  [{ metrics: { startPort: 1023 } }],
  [{ metrics: { interval: '30' } }],
  [{ metrics: { interval: 30 } }],
  [{ metrics: { interval: '0s' } }],
  [{ metrics: { scrapeTimeout: '1m1m' } }],
  [{ metrics: { exporter: 'django' } }],
  [{ metrics: { scrapeProtocols: ['PrometheusProto', 'PrometheusProto'] } }],
  [{ metrics: { authorization: { type: 'basic', credentials: { secret: 's', key: 'k' } } } }],
  [{ gunicorn: { threads: 0 } }],
  [{ gunicorn: { maxRequestsJitter: 5 } }],
  [{ alerts: { labels: { pod: 'a' } } }],
  [{ labels: { 'app.kubernetes.io/name': 'a' } }],
  [{ env: { WEB_CONCURRENCY: '5' } }],
  [{ env: { WEB_CONCURRENCY: { secret: 's', key: 'k' } } }],
  [{ env: { '1A': 'b' } }],
  [{ env: { A: 5 } }],
  [{ env: { A: { secret: 's' } } }],
  [{ env: { A: { secret: 's', configMap: 'c', key: 'k' } } }],
  [{ resources: { requests: { memory: '1gb' } } }],
  [{ resources: { requests: { memory: -1 } } }],
  [{ resources: { limits: { mem: '1Gi' } } }],
  [{ resources: { limit: {} } }],
])('schema and code refuse %j', (changes) => {
  expect(problemsOf(shopWith(changes))).not.toEqual([]);
  expect(accepts(asJson(shopWith(changes)))).toBe(false);
});

/** What one says in the base, and an environment completes. */
test.each([
  [{ http: { healthHost: 'a.example' } }, { http: { healthPath: '/up' } }],
  [{ http: { healthPath: '/up' } }, { http: { healthHost: 'a.example' } }],
  [{ gunicorn: { maxRequestsJitter: 5 } }, { gunicorn: { maxRequests: 50 } }],
  [{ autoscaling: { minReplicas: 2 } }, { autoscaling: { maxReplicas: 4 } }],
  [{ env: { TOKEN: { secret: 'shop' } } }, { env: { TOKEN: { key: 'token' } } }],
  [{ env: { TOKEN: { secret: 'shop', key: 'token' } } }, { env: { TOKEN: null }, http: null }],
])('schema and code accept %j with an environment of %j', (base, dev) => {
  const document = shopWith({ ...base, environments: { dev } });
  expect(refusalsOf(JSON.stringify(document))).toEqual([]);
  expect([accepts(document), accepts.errors]).toEqual([true, null]);
});

/** What JSON Schema cannot say: arithmetic over several fields, what the words of a text mean, and what Defaults contain. */
test.each<[string, Readonly<Record<string, unknown>>]>([
  ['a null without Defaults that contain the key', { http: null }],
  ['a null in a map without Defaults', { env: { A: null } }],
  ['ports beyond 65535', { metrics: { startPort: 65_535 } }],
  ['a default start port below 1024', { http: { port: 500 } }],
  ['a range that covers http.port', { http: { port: 8002 }, metrics: { startPort: 8000 } }],
  ['a Service port that is a metrics port', { http: { servicePort: 8001 } }],
  ['a scrape timeout above the interval', { metrics: { interval: '10s', scrapeTimeout: '1m' } }],
  ['a duration above 292 years', { metrics: { interval: '300y' } }],
  ['gunicorn arguments that set workers', { env: { GUNICORN_CMD_ARGS: '-w 5' } }],
  ['a request above its limit', { resources: { requests: { cpu: 2 }, limits: { cpu: 1 } } }],
  ['an interval too long for alerts', { alerts: true, metrics: { interval: '5m' } }],
  ['a label that samples have', { alerts: true, metrics: { labels: { status: 'a' } } }],
  [
    'a step that Prometheus refuses',
    { metrics: { relabelings: [{ action: 'labelmap', replacement: '-' }] } },
  ],
])('only the code refuses %s', (_, changes) => {
  expect(problemsOf(shopWith(changes))).not.toEqual([]);
  expect(accepts(shopWith(changes))).toBe(true);
});

test('every kind that can be named is in the schema', () => {
  expect(committed).toMatchObject({
    properties: { kind: { allOf: [{ enum: DOCUMENT_KINDS }] } },
    definitions: Object.fromEntries(DOCUMENT_KINDS.map((kind) => [kind, expect.anything() as unknown])),
  });
});

/** Paths of the properties without a description: in lists, maps, alternatives and environments, too. */
function undescribed(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, inner]: [string, unknown]) => {
    if (REPEATS.has(keyword)) return [];
    if (keyword !== 'properties') return undescribed(inner, `${path}/${keyword}`);
    return Object.entries(inner as Readonly<Record<string, object>>).flatMap(([key, property]) => [
      ...('description' in property || '$ref' in property ? [] : [`${path}/${key}`]),
      ...undescribed(property, `${path}/${key}`),
    ]);
  });
}

/** Keywords that contain no schema, or repeat properties for a condition. */
const REPEATS = new Set(['default', 'examples', 'enum', 'if', 'else', 'required', 'dependencies']);

/** As a file would have it: what is undefined is absent. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
