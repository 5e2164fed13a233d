import fc from 'fast-check';
import { AnchoredExpression } from '../../src/prometheus/anchored-expression.js';
import { ANYTHING, HOST, type PartlyKnown } from '../../src/prometheus/partly-known.js';
import { runs } from '../runs.js';

const matches = (expression: string, ...text: PartlyKnown) => AnchoredExpression.of(expression).matches(text);
const [anything = ''] = ANYTHING;

test.each<[string, PartlyKnown, boolean | undefined]>([
  ['a|b', ['b'], true],
  ['a|b', ['ab'], false],
  ['(.*)', [], true],
  ['.*', [anything], true],
  ['.+', [anything], undefined],
  ['', [anything], undefined],
  ['.*:9001', [HOST, ':9001'], true],
  ['.*:(9001|9002)', [HOST, ':9003'], false],
  ['10\\..*:9001', [HOST, ':9001'], undefined],
  ['10\\..*:9001', [HOST, ':9002'], false],
  ['203\\.0\\.113\\.7:.*', [HOST, ':9002'], undefined],
  ['[^:]+:9001', [HOST, ':9001'], undefined],
  ['(?i)WEB-\\d{2};.*', [anything, ';x'], undefined],
  ['a.*;\\bx\\b', [anything, ';x'], undefined],
  ['web-.*;9001', ['web-', anything, ';9001'], true],
  ['web-.*;9001', ['api-', anything, ';9001'], false],
  ['ä[^x-z]?ö', ['ä', anything, 'ö'], undefined],
  ['ä[^x-z]?ö', [anything, 'u'], false],
  ['x*', ['x', anything, 'y'], false],
])('%s matches %j: %j', (expression, text, found) => {
  expect(matches(expression, ...text)).toBe(found);
});

test('an expression that Prometheus refuses is refused', () => {
  expect(() => AnchoredExpression.of('(')).toThrow('missing closing )');
});

/** Expressions of a few letters, so that texts of the same letters often match. */
const expression: fc.Arbitrary<string> = fc.letrec<{ all: string }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '', 'ab', '^', '$', '\\b'),
    fc.tuple(tie('all'), tie('all')).map(([one, other]) => `${one}${other}`),
    fc.tuple(tie('all'), tie('all')).map(([one, other]) => `(${one}|${other})`),
    fc.tuple(tie('all'), fc.constantFrom('*', '+', '?', '{2}')).map(([one, often]) => `(?:${one})${often}`),
  ),
})).all;
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 4 });

test('an answer about a text with an unknown part is right for any part', () => {
  fc.assert(
    fc.property(expression, word, word, word, (pattern, before, between, after) => {
      const whole = matches(pattern, before + between + after);
      const partly = matches(pattern, before, anything, after);
      // That examples all match is a guess; that none can is certain.
      expect([whole, undefined, ...(whole === false ? [true] : [])]).toContain(partly);
    }),
    { numRuns: runs(500) },
  );
});

test.each([
  ['(.)-(.)', 'a-b', '$2$1', 'ba'],
  ['(.)-(.)', 'a-b', '${2}x$1_', 'bx'],
  ['(?P<first>.)-.', 'a-b', '$first-$other.', 'a-.'],
  ['(a)?b', 'b', '<$1>', '<>'],
  ['.*', 'b', '$0 $$1 $', 'b $1 $'],
  ['a', 'b', 'x', undefined],
])('%s on %s makes %s %s', (pattern, text, template, result) => {
  expect(AnchoredExpression.of(pattern).expand(template, text)).toBe(result);
});
