import { array, assert, constantFrom, dictionary, property } from 'fast-check';
import {
  escapeReferences,
  expandReferences,
  inOrderOfReferences,
  orderOfReferences,
} from '../../src/kubernetes/variable-references.js';
import { kubernetesExpands } from './go-expansion.js';
import { runs } from '../runs.js';

/** Texts of the characters that expansion is about. */
const text = array(constantFrom('$', '$(', '(', ')', 'A', 'B', 'C', 'é', '☃', ' ')).map((parts) =>
  parts.join(''),
);

test('Kubernetes expands the written text to the one that was given', () => {
  assert(
    property(text, (given) => {
      expect(kubernetesExpands(escapeReferences(given), { A: 'a' })).toBe(given);
    }),
    { numRuns: runs(200) },
  );
});

test.each([
  ['price: 5$', 'price: 5$'],
  ['$HOME/$x', '$HOME/$x'],
  ['x-$(POD_IP)', 'x-$$(POD_IP)'],
  ['a$$b', 'a$$$b'],
  ['$é', '$$é'],
])('of %j no more is escaped than must be: %j', (given, written) => {
  expect(escapeReferences(given)).toBe(written);
});

test('references are expanded as Kubernetes does it', () => {
  const variables = { A: 'a', B: '$(A)' };
  assert(
    property(text, (given) => {
      // Go breaks a character beyond ASCII after a `$`.
      const written = given.replaceAll(/[é☃]/g, 'e');
      const expanded = expandReferences(written, (name) =>
        name in variables ? variables[name as 'A'] : `$(${name})`,
      );
      expect(expanded).toBe(kubernetesExpands(written, variables));
    }),
    { numRuns: runs(200) },
  );
});

test('a text that would be longer than any variable is not expanded', () => {
  expect(expandReferences('$(A)$(A)', () => 'a'.repeat(2 ** 20 - 10))).toHaveLength(2 ** 21 - 20);
  expect(expandReferences('$(A)'.repeat(100_000), () => 'a'.repeat(100_000))).toBeUndefined();
});

test('a reference without an end stays as it is', () => {
  expect(orderOfReferences({ A: '$(B'.repeat(1000), B: '' })).toEqual({ names: ['A', 'B'] });
  expect(expandReferences(`$(A)$$${'$(B'.repeat(1000)}`, () => 'a')).toBe(`a$${'$(B'.repeat(1000)}`);
});

test('a variable that refers to thousands of others comes after them', () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `V${i}`);
  const env = {
    ALL: names.map((name) => `$(${name})`).join(),
    ...Object.fromEntries(names.map((name) => [name, ''])),
  };
  expect(orderOfReferences(env)).toEqual({ names: [...names, 'ALL'] });
});

test('a variable is listed after those that it refers to, and otherwise stays where it is', () => {
  const env = { URL: 'postgres://$(USER):$(PASSWORD)@db', HOST: 'db', PASSWORD: { secret: 's' }, USER: 'me' };
  expect(Object.keys(inOrderOfReferences(env))).toEqual(['USER', 'PASSWORD', 'URL', 'HOST']);
  const later = { FIRST: '$$(LAST) $(NONE)', LAST: '$(FIRST)' };
  expect(Object.keys(inOrderOfReferences(later))).toEqual(['FIRST', 'LAST']);
});

test('any variables are in order, or there is a circle among them', () => {
  const name = constantFrom('A', 'B', 'C', 'D', 'E');
  const value = array(
    name.map((one) => `$(${one})`),
    { maxLength: 2 },
  ).map((parts) => parts.join('-'));
  const isCircle = (env: Record<string, string>, names: readonly string[]) =>
    names.length > 1 &&
    names.at(-1) === names[0] &&
    names.slice(1).every((other, i) => env[names[i] ?? '']?.includes(`$(${other})`));
  const isInOrder = (env: Record<string, string>, names: readonly string[]) =>
    names.toSorted().join() === Object.keys(env).toSorted().join() &&
    names.every((one, i) => names.slice(i).every((later) => !env[one]?.includes(`$(${later})`)));
  assert(
    property(dictionary(name, value), (env) => {
      const order = orderOfReferences(env);
      expect('cycle' in order ? isCircle(env, order.cycle) : isInOrder(env, order.names)).toBe(true);
    }),
    { numRuns: runs(100) },
  );
});

test('a long chain of variables is put in order in no time', () => {
  const env = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`V${i}`, `$(V${i + 1})`]));
  expect(Object.keys(inOrderOfReferences(env))[0]).toBe('V19999');
});
