import { parse } from 'yaml';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { parseValues } from '../../src/values/parse-values.js';
import type { Source } from '../../src/values/files/sources.js';
import { textOf } from './pages.js';

// docs/from-helm.md: each row of the table 'need → key' is run, and the manifests contain its last cell.

const SHOP = 'name: shop\nimage: registry.example.com/shop/web:2.4.1\nworkers: 2\n';

interface Row {
  readonly need: string;
  readonly helm: string;
  readonly key: string;
  readonly line: string;
  readonly gives: string;
}

const [table = ''] = textOf('docs/from-helm.md').match(/^\| need .*?\n\n/ms) ?? [];
const rows = table
  .trim()
  .split('\n')
  .slice(2)
  .map((line): Row => {
    const [need = '', helm = '', key = '', yaml = '', gives = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return { need, helm, key: /^\[`([^`]+)`\]/.exec(key)?.[1] ?? '', line: code(yaml), gives: code(gives) };
  });

test('the table has the needs of a whole chart, each once, with the words of Helm', () => {
  expect(rows.length).toBeGreaterThanOrEqual(34);
  expect(new Set(rows.map(({ need }) => need)).size).toBe(rows.length);
  expect(rows.filter(({ helm }) => !helm.includes('`'))).toEqual([]);
});

test.each(rows)('$need: $line', async ({ key, line, gives }) => {
  const { values, problems } = parseValues(sourcesOf(line));
  expect(problems.map(formatDiagnostic)).toEqual([]);
  const made = [...synthesize(values, await chartsFor(values))];
  expect(made.flatMap(({ errors }) => errors.map(formatDiagnostic))).toEqual([]);
  expect(line.includes(`${key}:`) || line.includes(`${key},`)).toBe(true);

  const { object, path, value } = expectation(gives);
  const wanted = { is: contains(value) };
  const manifests = made.flatMap((one) => one.manifests);
  expect({ is: valueAt(manifests.find(object), path) }).toEqual(wanted);
  // The line gives the value: it is no default.
  expect({ is: valueAt(await withoutLine(object), path) }).not.toEqual(wanted);
});

async function withoutLine(object: (manifest: Manifest) => boolean): Promise<Manifest | undefined> {
  const { values } = parseValues([{ file: 'values/shop.yaml', text: SHOP }]);
  const made = [...synthesize(values, await chartsFor(values))];
  return made.flatMap(({ manifests }) => manifests).find(object);
}

function sourcesOf(line: string): Source[] {
  if (line.startsWith('{ kind: Defaults'))
    return [
      { file: 'values/defaults.yaml', text: line },
      { file: 'values/shop.yaml', text: SHOP },
    ];
  const own = line.startsWith('image:') ? SHOP.replace(/^image:.*\n/m, '') : SHOP;
  return [{ file: 'values/shop.yaml', text: `${own}${line}\n` }];
}

/** The last cell of a row: `Deployment/shop-worker spec.replicas: 2` */
function expectation(gives: string) {
  const [, kind, name, path = '', value = ''] = /^(\w+)(?:\/([\w-]+))? (\S+): (.*)$/.exec(gives) ?? [];
  const object = (manifest: Manifest) =>
    manifest['kind'] === kind && (name === undefined || (manifest['metadata'] as Named).name === name);
  return { object, path, value: parse(value) as unknown };
}

/** Follows `spec.containers[0].env[name=LOG_LEVEL].value`. */
function valueAt(object: unknown, path: string): unknown {
  return path.split(/\.|(?=\[)/).reduce<unknown>((inner, step) => {
    const [, key, named] = /^\[(?:(\d+)|name=(.*))\]$/.exec(step) ?? [];
    if (named !== undefined && Array.isArray(inner))
      return inner.find((one) => (one as Named).name === named) as unknown;
    return (inner as Record<string, unknown> | undefined)?.[key ?? step];
  }, object);
}

interface Named {
  readonly name?: unknown;
}

/** A matcher for values that contain a map at any depth. */
function contains(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(contains);
  if (typeof value !== 'object' || value === null) return value;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, contains(inner)])),
  );
}

function code(cell: string): string {
  return /^`(.*)`$/.exec(cell)?.[1] ?? '';
}
