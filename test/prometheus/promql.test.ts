import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { by, Matcher, promql, quoted, range, selector } from '../../src/prometheus/promql.js';
import { PrometheusDuration } from '../../src/prometheus/prometheus-duration.js';

test.each(['a-b', '', 'nan', 'INF', 'without'])('by the label %j nothing can be grouped', (label) => {
  expect(() => by('job', label)).toThrow(`no label to group by: ${JSON.stringify(label)}`);
});

test.each([
  ['web', '"web"'],
  ['a"b', String.raw`"a\"b"`],
  ['a\\', String.raw`"a\\"`],
  ['a\nb', String.raw`"a\nb"`],
  ['"} or up{job="', String.raw`"\"} or up{job=\""`],
])('%j is quoted as %s', (text, expected) => {
  expect(quoted(text)).toBe(expected);
});

/** What a PromQL lexer reads in a quoted text. */
function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}

test('any text is read back as it was, and ends at its own quotation mark only', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', '\\', '\n', 'n', '{', '}', 'é', '💥', ' ') }),
      (text) => {
        expect(unquoted(quoted(text))).toBe(text);
        expect(quoted(text)).toMatch(/^"([^"\\\n]|\\.)*"$/u);
      },
    ),
  );
});

describe('expressions', () => {
  test('are put together from expressions and numbers', () => {
    const up = selector('up', Matcher.equal('job', 'web'), Matcher.regex('pod', 'a.*'));

    expect(String(promql`sum(rate(${up}${range(PrometheusDuration.parse('5m'))})) < ${0.5}`)).toBe(
      'sum(rate(up{job="web",pod=~"a.*"}[5m])) < 0.5',
    );
  });

  test.each(['', '1up', 'up down', 'up{', 'ü'])('have no metric %j', (name) => {
    expect(() => selector(name)).toThrow(RangeError);
  });

  test.each(['', '1a', 'a b', 'a="x",b', 'a:b'])('have no label %j', (name) => {
    expect(() => Matcher.equal(name, 'x')).toThrow(RangeError);
  });
});

test.each([
  ['30s', 4, '2m'],
  ['10m', 4, '40m'],
  ['15m', 4, '1h'],
  ['100ms', 4, '400ms'],
  ['1m30s', 4, '6m'],
  ['25s', 3, '75s'],
])('%s times %d is %s', (text, factor, expected) => {
  expect(String(PrometheusDuration.parse(text).times(factor))).toBe(expected);
});
