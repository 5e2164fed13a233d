import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { toYaml } from '../../src/output/to-yaml.js';
import { parseAsHelm, parseAsKubectl } from '../../src/yaml/kubectl-documents.js';
import { readWithGo } from './read-with-go.js';
import { AMBIGUOUS, anyText } from './spellings.js';

// What Go's own reader, with which kubectl, Helm, Argo CD and Flux read, makes of our manifests, and of others'.

const TEXTS = [...AMBIGUOUS, ...fc.sample(anyText, 4000)];

/** As JSON has it: no -0, no `undefined`, keys in order. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner: unknown) => (Object.is(inner, -0) ? 0 : inner)));
}

test('every text that we write, as a value and as a key, is that text to kubectl', () => {
  const numbers = [1e21, -0, 1e-7, 2 ** 53, 1.5e300, 0.1];
  const manifests = TEXTS.map((text, i) => ({
    labels: { [text]: text },
    list: [text, [text], [[{ [text]: text }]]],
    [text]: { deep: { er: { [text]: [{ [text]: text }] } } },
    number: numbers[i % numbers.length],
  }));
  const streams = manifests.map((manifest, i) => [manifest, ...(i % 2 ? [manifests[i - 1] ?? {}] : [])]);
  const differences = readWithGo(streams.map(toYaml)).flatMap(({ error, documents }, i) =>
    isDeepStrictEqual(plain(documents), plain(streams[i])) ? [] : [[TEXTS[i], error, documents]],
  );
  expect(differences).toEqual([]);
});

test('we read a text without quotes as kubectl and Helm do', () => {
  const onOneLine = TEXTS.filter((text) => !/[\n\r\x85\u2028\u2029\uFEFF]/.test(text));
  const lines = onOneLine.flatMap((text) => [`a: ${text}\n`, `${text}: a\n`, `- ${text}\n`]);
  const differences = readWithGo(lines).flatMap((go, i) => {
    const text = lines[i] ?? '';
    const [kubectl, helm] = [parseAsKubectl('f', text), parseAsHelm('f', text)];
    // Where one of the two refuses a text there is nothing to compare: they differ in punctuation.
    return [
      [kubectl, go.error, go.documents] as const,
      [helm, go.valueError, go.value === null ? [] : [go.value]] as const,
    ].flatMap(([ours, error, expected]) => {
      if (ours.problems.length > 0 || error !== undefined) return [];
      const values = plain(ours.documents.map(({ value }) => value));
      return JSON.stringify(sorted(values)) === JSON.stringify(sorted(expected))
        ? []
        : [[text, values, expected]];
    });
  });
  expect(differences).toEqual([]);
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [singlePrecision(key), sorted(inner)]),
  );
}

/** Go makes keys of numbers in single precision. */
function singlePrecision(key: string): string {
  const number = Math.fround(key === '.inf' ? Infinity : Number(key));
  return /^(?:[-+.e0-9]+|\.inf)$/.test(key) ? String(number) : key;
}
