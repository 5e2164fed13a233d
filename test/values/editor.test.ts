import type { ZodType } from 'zod';
import { alternatives, schemaAt } from '../../src/schema/schema-walk.js';
import { SHAPES } from '../../src/schema/shape-field.js';
import { documentSchema } from '../../src/values/document/document-schema.js';
import { isMap, isSeq, parseDocument } from 'yaml';
import { refusalsOf } from '../a-worker-app.js';
import { accepted, completions, help, hover, messages } from './language-server.js';

const SHOP = 'name: shop\nimage: a/b:1\nworkers: 1\n';
const ALERTS = 'kind: AlertmanagerCluster\nname: alerts\npeers: 3\n';
const SERVER =
  'kind: PrometheusServer\nname: metrics\ngit: { repository: "https://a/b.git", branch: main }\n';

const labels = async (marked: string) => (await completions(marked)).map(({ label }) => label);

test('an empty file begins with its kind', async () => {
  expect((await completions('|'))[0]).toMatchObject({
    label: 'kind',
    insertText: 'kind: ${1|WorkerApp,AlertmanagerCluster,PrometheusServer,Defaults|}',
  });
});

test.each([
  ['after the name', 'name: shop\n|', 'image'],
  ['inside a map', `${SHOP}http:\n  |`, 'port'],
  ['inside an environment', `${SHOP}environments:\n  dev:\n    |`, 'replicas'],
  ['in a map of an environment', `${SHOP}environments:\n  dev:\n    metrics:\n      |`, 'interval'],
  ['in an item of a list', `${SHOP}serviceWindows:\n  - |`, 'component'],
  ['in the second document', `${SHOP}---\nn|`, 'workers'],
  ['in Defaults', 'kind: Defaults\n|', 'image'],
  ['inside a map of Defaults', 'kind: Defaults\nhttp:\n  |', 'healthPath'],
  ['after another kind', 'kind: AlertmanagerCluster\n|', 'peers'],
  ['in a variable', `${SHOP}env:\n  TOKEN:\n    |`, 'secret'],
])('offers keys %s', async (_, marked, key) => {
  expect(await labels(marked)).toContain(key);
});

test('does not offer a key that the file has, or that another kind has', async () => {
  const offered = await labels('kind: AlertmanagerCluster\nname: alerts\n|');
  for (const key of ['kind', 'name', 'workers']) expect(offered).not.toContain(key);
});

test.each([
  ['WorkerApp', SHOP],
  ['PrometheusServer', SERVER],
])('synth accepts each completion of a %s', async (_, base) => {
  for (const item of await completions(`${base}|`)) {
    const text = accepted(`${base}|`, item);
    expect([text, refusalsOf(text)]).toEqual([text, []]);
  }
});

test('offers an example where the user chooses the names', async () => {
  expect(await completions(`${SHOP}env:\n  |`)).toMatchObject([{ insertText: 'LOG_LEVEL: ${1:info}' }]);
});

test('offers the words of a choice', async () => {
  expect(await labels(`${SHOP}imagePullPolicy: |`)).toEqual(['Always', 'IfNotPresent', 'Never']);
});

test('offers null where it removes a value, and only there', async () => {
  expect(await labels(`${SHOP}environments:\n  dev:\n    container: |`)).toContain('null');
  expect(await labels(`${SHOP}container: |`)).toEqual(['app']);
});

test.each([
  ['a map', 'affinity:\n  |', 'nodeAffinity', 'nodeAffinity:\n  '],
  ['a text', 'podSecurityContext:\n  |', 'fsGroupChangePolicy', 'fsGroupChangePolicy: '],
  ['a list', 'podSecurityContext:\n  |', 'sysctls', 'sysctls:\n  - '],
])("inserts a field of Kubernetes' own shape for %s", async (_, marked, key, insertText) => {
  const offered = await completions(SHOP + marked);
  expect(offered.find(({ label }) => label === key)).toMatchObject({ insertText });
});

test("the help of a field in Kubernetes' own shape is Kubernetes' own", async () => {
  expect(await hover(`${SHOP}tolerations:\n  - eff|ect: NoSchedule\n`)).toMatch(
    /^#### effect\n\nEffect indicates the taint effect to match\./,
  );
});

test('help gives meaning, default and example', async () => {
  expect(await hover(`${SHOP}metrics:\n  inter|val: 15s\n`)).toMatch(
    /^#### interval\n\nTime between two scrapes.*\n\nDefault: `30s`\n\nExample:\n```yaml\ninterval: 15s\n```\n/s,
  );
});

/** What an editor says of wrong values: words, not patterns. */
test.each([
  ['name: Shop', 'Expected a DNS-1035 label (lowercase letters, digits and "-", a letter first, no "-" last, at most 63 characters).'],
  ['metrics: { interval: 15 s }', 'Expected a duration such as 15s, 1m30s or 2h (units y w d h m s ms in this order; above zero, below 292y).'],
  ['env: { WEB_CONCURRENCY: "4" }', 'Expected the name of an environment variable (letters, digits, "_", "-" and ".", no digit and no ".." first) other than WEB_CONCURRENCY.'],
  ['environments: { Dev: {} }', 'Expected a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters).'],
  ['imagePullPolicy: always', 'Value is not accepted. Valid values: "Always", "IfNotPresent", "Never".'],
  ['wokers: 5', 'Property wokers is not allowed.'],
  ['http: null', 'Null removes a value of Defaults, or of the base in an environment. Is there one?'],
  ['tolerations: [{ operater: Exists }]', 'Property operater is not allowed.'],
])('names the fault of %s', async (line, message) => {
  const rest = SHOP.split('\n').filter((one) => one.split(':')[0] !== line.split(':')[0]);
  expect(await messages(`${line}\n${rest.join('\n')}`)).toEqual([`1: ${message}`]);
}); // prettier-ignore

test('a missing key is reported for the kind of the file, unless an environment may add it', async () => {
  expect(await messages('name: shop\nimage: a/b:1\n')).toEqual(['1: Missing property "workers".']);
  expect(await messages('name: shop\nimage: a/b:1\nenvironments: { dev: { workers: 2 } }\n')).toEqual([]);
  expect(await messages(ALERTS)).toEqual([]);
});

test('Defaults require nothing, and have no name', async () => {
  expect(await messages('kind: Defaults\n')).toEqual([]);
  expect(
    await messages('kind: Defaults\nnodeSelector: null\nenvironments: { dev: { replicas: 1 } }\n'),
  ).toEqual([]);
  expect(await messages('kind: Defaults\nname: shop\n')).toEqual(['2: Property name is not allowed.']);
  expect(await messages('kind: Defaults\nworkers: 0\n')).toEqual(['2: Value is below the minimum of 1.']);
  expect(await labels('kind: Defaults\n|')).not.toContain('name');
});

test('the first line of a file names the schema', async () => {
  const uri = new URL('../../values/shop.txt', import.meta.url).href;
  const text = 'name: 5\nimage: a/b:1\nworkers: 1\n';
  expect(await messages(text, uri)).toEqual([]);
  expect(
    await messages(`# yaml-language-server: $schema=../schema/values.schema.json\n${text}`, uri),
  ).toEqual(['2: Incorrect type. Expected "string".']);
});

/** The keys that need another key beside them. */
const NEEDS_ANOTHER = /^\d+: (Missing property|Object is missing property)/;

interface Offer {
  readonly place: string;
  readonly labels: readonly string[];
  readonly withoutExample: readonly string[];
  /** Completions that give an invalid file. */
  readonly invalid: readonly string[];
}

/** Whether a value has Kubernetes' own shape: its completions come from Kubernetes' schema, which has thousands of fields. */
function isShape(path: readonly (string | number)[]): boolean {
  return alternatives(schemaAt(documentSchema('WorkerApp'), path)).some((form) =>
    SHAPES.has(form as ZodType),
  );
}

/** Accepts each completion of a map, and then those of the maps inside. @param text the file, up to the map */
async function offers(text: string, indent = '', path: readonly (string | number)[] = []): Promise<Offer[]> {
  const marked = `${text}${indent}|`;
  const items = await completions(marked);
  const invalid: string[] = [];
  const inside: Offer[] = [];
  for (const item of items) {
    const result = accepted(marked, item);
    const wrong = (await messages(result)).filter((message) => !NEEDS_ANOTHER.test(message));
    if (wrong.length > 0) invalid.push(`${item.label}: ${wrong.join()}\n${result}`);
    const value = parseDocument(result).getIn([...path, item.label]);
    const key = `${text}${indent}${item.label}:\n`;
    const inner = indent.replace('-', ' ') + '  ';
    if (isShape([...path, item.label]) || isShape([...path, item.label, 0])) continue;
    if (isMap(value)) inside.push(...(await offers(key, inner, [...path, item.label])));
    else if (isSeq(value) && isMap(value.items[0]))
      inside.push(...(await offers(key, `${inner}- `, [...path, item.label, 0])));
  }
  const keys = items.filter(({ label, insertText = '' }) => insertText.startsWith(`${label}:`));
  return [
    {
      place: path.join('.'),
      labels: items.map(({ label }) => label),
      withoutExample: keys.filter((item) => !help(item).includes('Example:')).map(({ label }) => label),
      invalid,
    },
    ...inside,
  ];
}

describe.each([
  ['WorkerApp', SHOP],
  ['AlertmanagerCluster', ALERTS],
  ['PrometheusServer', SERVER],
])('at every depth of a %s', (_, base) => {
  let all: readonly Offer[];
  beforeAll(async () => {
    all = await offers(base);
  });

  test('each key is offered once', () => {
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter(({ labels }) => new Set(labels).size < labels.length)).toEqual([]);
  });

  test('each key has help with an example', () => {
    expect(all.filter(({ withoutExample }) => withoutExample.length > 0)).toEqual([]);
  });

  test('each completion gives a valid file', () => {
    expect(all.flatMap(({ invalid }) => invalid)).toEqual([]);
  });
});
