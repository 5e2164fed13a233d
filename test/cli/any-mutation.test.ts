import fc from 'fast-check';
import { load } from 'js-yaml';
import { stringify } from 'yaml';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';
import { VALID_VALUES } from '../valid-values.js';
import { runs } from '../runs.js';

type Path = readonly (string | number)[];

const anything = fc.constantFrom<unknown>(
  null, true, false, 0, -1, 1, 1.5, 1e21, 30, 65_536, '', ' ', 'x', 'yes', '5', '1m', '%', '{{ x }}', '$(A)', '\u0001', '\u202E',
  'a'.repeat(300), [], [null], [[]], ['x', 'x'], [{}], [{ name: 'A', value: 'x' }], {}, { x: 1 }, { '': null }, { secret: 'x' },
  { constructor: 1 }, { '...': 'x' }, { '---': 'x' }, { toString: null }, { enabled: true }, { name: 'x' },
); // prettier-ignore
const key = fc.constantFrom(
  'constructor', '__proto__', 'toString', 'hasOwnProperty', '...', '---', '', ' ', '<<', 'x', 'name', 'null', '1', 'a.b', '\u0001',
  'k'.repeat(300),
); // prettier-ignore

const mutations = fc.record({
  of: fc.nat(VALID_VALUES.length - 1),
  node: fc.nat(),
  change: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'rename', 'add'),
  value: anything,
  key,
  more: fc.boolean(),
});

test.each(VALID_VALUES.map((text, i) => [i, text]))(
  'the values that are changed here are right: %i',
  async (_, text) => {
    expect(await outcome(String(text))).toEqual([]);
  },
);

test('whatever is changed in right values gives messages with a file and a line, or manifests', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mutations, { minLength: 1, maxLength: 2 }), async (changes) => {
      const [{ of }] = changes as [(typeof changes)[0]];
      const changed = changes.reduce((value, change) => mutated(value, change), load(VALID_VALUES[of] ?? ''));
      for (const line of await outcome(stringify(changed, { version: '1.2' }))) {
        expect(line).toMatch(/^f\.yaml:[0-9]+(:[0-9]+)?: .+/);
        expect(line).not.toMatch(/Invalid|undefined|\[object/);
      }
    }),
    { numRuns: runs(120) },
  );
});

async function outcome(text: string): Promise<string[]> {
  const { values, problems } = parseValues([{ file: 'f.yaml', text }]);
  if (problems.length > 0) return problems.map(formatDiagnostic);
  return [...synthesize(values, await chartsFor(values))].flatMap(({ errors }) =>
    errors.map(formatDiagnostic),
  );
}

function mutated(
  value: unknown,
  { node, change, value: other, key }: { node: number; change: string; value: unknown; key: string },
) {
  const copy = structuredClone(value);
  const paths = pathsIn(copy);
  const path = paths[node % paths.length];
  const last = path?.at(-1);
  if (path === undefined || last === undefined) return copy;
  const around = path.slice(0, -1).reduce((inner, step) => (inner as never)[step], copy) as Record<
    string | number,
    unknown
  >;
  if (change === 'replace') around[last] = other;
  if (change === 'add') set(around, key, other);
  if (change === 'rename') set(around, key, around[last]);
  if (change === 'replace' || change === 'add') return copy;
  if (Array.isArray(around)) around.splice(Number(last), 1);
  else delete around[last];
  return copy;
}

function set(around: object, key: string, value: unknown): void {
  if (Array.isArray(around)) around.push(value);
  else Object.defineProperty(around, key, { value, enumerable: true, configurable: true, writable: true });
}

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.entries(value).flatMap(([key, inner]) =>
      pathsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}
