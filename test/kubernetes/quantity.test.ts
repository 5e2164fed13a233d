import fc from 'fast-check';
import { matches } from '../../src/kubernetes/text-formats.js';
import { ANY_QUANTITY, Quantity, QUANTITY } from '../../src/kubernetes/quantity.js';

test.each([
  ['500m', 0.5],
  ['700m', 0.7],
  ['2', 2],
  [2, 2],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['0', 0],
  ['1k', 1000],
  ['1M', 1e6],
  ['1G', 1e9],
  ['1T', 1e12],
  ['1P', 1e15],
  ['1E', 1e18],
  ['1Ki', 1024],
  ['256Mi', 256 * 2 ** 20],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['1Ti', 2 ** 40],
  ['1Pi', 2 ** 50],
  ['1Ei', 2 ** 60],
  ['1e3', 1000],
  ['1e-1', 0.1],
  ['128e6', 128e6],
  ['128E6', 128e6],
  ['+1', 1],
  ['1u', 1e-6],
])('%j is %d in the base unit', (text, value) => {
  expect(Quantity.parse(text).value).toBe(value);
});

test.each([
  '',
  '-1',
  '1e',
  '1e99',
  '1 Gi',
  '1gb',
  '1K',
  '1KI',
  'Mi',
  '.',
  '1.2.3',
  '0x5',
  '1Mi\n',
  NaN,
  -1,
  1e21,
])('%j is refused', (text) => {
  expect(() => Quantity.parse(text)).toThrow(RangeError);
});

test('a refusal names the allowed values and the actual one', () => {
  expect(() => Quantity.parse('1gb')).toThrow(
    'expected a quantity such as 500m, 0.5, 256Mi or 2Gi, got "1gb"',
  );
});

test.each([
  ['100m', 3, '300m'],
  ['0.5', 2, '1'],
  ['1.5Gi', 2, '3Gi'],
  ['0Mi', 2, '0'],
  ['100m', 10, '1'],
  ['100m', 15, '1500m'],
  ['512Mi', 2, '1Gi'],
  ['0.5Gi', 1, '512Mi'],
  ['1.6Gi', 1, '1717986918400m'],
  ['500Ki', 1, '500Ki'],
  ['0.5Ki', 1, '512'],
  ['1000M', 1, '1G'],
  ['128e6', 1, '128M'],
])('%s times %d is %s, as Kubernetes writes it', (text, factor, product) => {
  expect(String(Quantity.parse(text).times(factor))).toBe(product);
});

test('quantities are made in millicpu and mebibytes', () => {
  expect([String(Quantity.millicpu(250)), String(Quantity.mebibytes(192))]).toEqual(['250m', '192Mi']);
});

const unit = fc.constantFrom('', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei');
const digits = (minLength: number) =>
  fc.nat(25).chain((more) =>
    fc.string({
      unit: fc.constantFrom(...'0123456789'),
      minLength: minLength + more,
      maxLength: minLength + more,
    }),
  );
const quantity = fc
  .tuple(digits(1), fc.option(digits(0)), unit)
  .map(([whole, fraction, suffix]) => whole + (fraction === null ? '' : `.${fraction}`) + suffix);

test('the text of any valid quantity, or of its double, is a quantity too, and the same amount', () => {
  fc.assert(
    fc.property(quantity, (text) => {
      fc.pre(matches(QUANTITY, text));
      const parsed = Quantity.parse(text);
      for (const [written, value] of [
        [String(parsed), parsed.value],
        [String(parsed.times(2)), parsed.value * 2],
      ] as const) {
        expect(matches(ANY_QUANTITY, written)).toBe(true);
        expect(Math.abs(amountOf(written) - value)).toBeLessThanOrEqual(value * 1e-9);
      }
    }),
    { examples: [['100000000000000000000000Mi'], ['0.0000001Mi'], ['12345678901234567890']] },
  );
});

function amountOf(written: string): number {
  const [, amount = '', suffix = ''] = /^([0-9.]+)(.*)$/.exec(written) ?? [];
  return Number(amount) * Quantity.parse(`1${suffix}`).value;
}

test.each(['1000m', '0.5', '1000M', '1024Mi'])('%s stays as the user wrote it', (text) => {
  expect(String(Quantity.parse(text))).toBe(text);
});
