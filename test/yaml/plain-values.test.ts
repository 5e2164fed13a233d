import fc from 'fast-check';
import { constructFromEvents, parseEvents } from 'js-yaml';
import { isPlain, plainValue } from '../../src/yaml/plain-values.js';
import { documentsIn } from '../../src/yaml/yaml-document.js';
import { readKeys } from '../../src/yaml/yaml-keys.js';
import { runs } from '../runs.js';
import { AMBIGUOUS } from './spellings.js';

const { flow } = fc.letrec<{ flow: string }>((tie) => ({
  flow: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...AMBIGUOUS).map((text) => JSON.stringify(text)),
    fc.constantFrom(...AMBIGUOUS, "'it''s'", '"\\u0041"', '2', '0.5'),
    fc.array(tie('flow'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.array(tie('flow'), { maxLength: 3 }).map((items) => `{ ${items.map((item, i) => `k${i}: ${item}`).join(', ')} }`),
  ),
})); // prettier-ignore

const key = fc.constantFrom('a', '', '""', '"1.0"', 'b c', '__proto__', 'constructor', "'yes'", 'env', '7x');
const entry = fc.oneof(
  fc.tuple(key, flow).map(([name, value]) => `${name}: ${value}`),
  fc.tuple(key, key, flow).map(([name, inner, value]) => `${name}:\n  ${inner}: ${value}`),
  fc.tuple(key, flow).map(([name, value]) => `${name}:\n- ${value}\n-\n- x: 1\n  y: [ ]`),
  fc
    .tuple(key, fc.constantFrom('|', '>-', '|+2'))
    .map(([name, style]) => `${name}: ${style}\n  some\n   text\n`),
);
const document = fc.oneof(
  fc.array(entry, { minLength: 1, maxLength: 4 }).map((entries) => entries.join('\n')),
  flow,
);
const anyYaml = fc.array(document, { maxLength: 2 }).map((documents) => documents.join('\n---\n'));

test('a plain text has the values that js-yaml builds, and of duplicate keys the last', () => {
  const compared: string[] = [];
  fc.assert(
    fc.property(anyYaml, (text) => {
      if (!isPlain(text)) return;
      const events = eventsOf(text);
      if (events === undefined) return;
      const documents = documentsIn(events);
      if (documents.some((own) => readKeys(text, own).faults.length > 0)) return;
      compared.push(text);
      const values = documents.map((own) => plainValue(text, own));
      expect(values).toEqual(constructFromEvents(events, { source: text, json: true }));
      expect(JSON.stringify(values)).toBe(
        JSON.stringify(constructFromEvents(events, { source: text, json: true })),
      );
    }),
    { numRuns: runs(300) },
  );
  expect(compared.length).toBeGreaterThan(50);
});

function eventsOf(text: string) {
  try {
    return parseEvents(text, {});
  } catch {
    return undefined; // not YAML
  }
}

test.each(['a: &x 1', 'a: *x', 'a: !!str 1', 'a: !x'])('%s is not plain', (text) => {
  expect(isPlain(text)).toBe(false);
});
