import fc from 'fast-check';
import type { z } from 'zod';
import { booleanField, wholeNumberField } from '../../src/schema/fields.js';
import { key } from '../../src/schema/key.js';
import { group, switchGroup } from '../../src/schema/key-groups.js';
import { acceptsKeys, objectOf } from '../../src/schema/object-of-keys.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import { anyProps } from './arbitrary-props.js';

const schema = objectOf(KEYS);

test('a key accepts the values of its schema', () => {
  fc.assert(
    fc.property(anyProps(KEYS), (props) => {
      expect(acceptsKeys(KEYS, props)).toBe(schema.safeParse(props).success);
    }),
    { numRuns: 30 },
  );
});

const port = key({
  field: () => wholeNumberField({ min: 1, max: 9 }),
  description: 'Port.',
  unset: 'none',
  example: 1,
});

test.each([
  ['a value that is not a map', 7],
  ['a list', []],
  ['null', null],
  ['an unknown key', { web: {}, ports: {} }],
  ['no required key', {}],
  ['an unknown key of an inner map', { web: { portt: 1 } }],
  ['an invalid value of an inner map', { web: { port: 10 } }],
  ['a switch with text', { web: {}, tls: 'on' }],
])('%s is refused', (_, props) => {
  const keys = {
    web: group({ type: 'Web', description: 'Web.', required: true, keys: { port } }),
    tls: switchGroup({ type: 'Tls', description: 'TLS.', default: false, keys: { port } }),
  };
  expect([acceptsKeys(keys, props), objectOf(keys).safeParse(props).success]).toEqual([false, false]);
});

test('the schemas of keys that are not given are not made', () => {
  const words = { description: 'A key.', unset: 'none', example: true };
  const unused = key({ ...words, field: (): z.ZodBoolean => {
      throw new Error("made");
    } });
  const keys = { port, unused, web: group({ type: 'Web', description: 'Web.', unset: 'none', keys: { unused } }) };
  expect(acceptsKeys(keys, { port: 1 })).toBe(true);
  expect(objectOf(keys).shape.port).toBe(port.schema());
});

test('a key makes its schema once', () => {
  const one = key({ field: booleanField, description: 'A key.', unset: 'none', example: true });
  expect(one.schema()).toBe(one.schema());
});
