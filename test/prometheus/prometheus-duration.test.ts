import fc from 'fast-check';
import { PrometheusDuration } from '../../src/prometheus/prometheus-duration.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  ['15s', 15 * SECOND],
  ['1m30s', 90 * SECOND],
  ['2h', 2 * HOUR],
  ['500ms', 500],
  ['1s500ms', 1500],
  ['1d', DAY],
  ['1w', 7 * DAY],
  ['1y', 365 * DAY],
  ['1y2w3d4h5m6s7ms', 365 * DAY + 17 * DAY + 4 * HOUR + 5 * MINUTE + 6 * SECOND + 7],
  ['0h30s', 30 * SECOND],
  ['090s', 90 * SECOND],
  ['291y', 291 * 365 * DAY],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(PrometheusDuration.parse(text).milliseconds).toBe(milliseconds);
  expect(String(PrometheusDuration.parse(text))).toBe(text);
});

test.each([
  '',
  '0',
  '0s',
  '0h0m',
  '15',
  's',
  '15 s',
  '15S',
  '1.5s',
  '-15s',
  '+15s',
  '15sec',
  '30s1m',
  '1m1m',
  '15s\n',
  '292y',
  '99999999999999999999s',
])('%j is refused', (text) => {
  expect(() => PrometheusDuration.parse(text)).toThrow(
    new RangeError(
      'expected a duration such as 15s, 1m30s or 2h (units y w d h m s ms in this order; above zero, below 292y), ' +
        `got ${JSON.stringify(text)}`,
    ),
  );
});

test.each([
  ['5d', '120h'],
  ['1y1w', '8928h'],
  ['90m', '1h30m'],
  ['1s500ms', '1s500ms'],
])('%s is %s for Go', (text, go) => {
  expect(PrometheusDuration.parse(text).toGo()).toBe(go);
});

test.each([
  ['30s', '15s', true],
  ['15s', '30s', false],
  ['60s', '1m', false],
  ['61s', '1m', true],
  ['999ms', '1s', false],
  ['8d', '1w', true],
])('%s is longer than %s: %s', (one, other, longer) => {
  expect(PrometheusDuration.parse(one).isLongerThan(PrometheusDuration.parse(other))).toBe(longer);
});

test('of any two durations at most one is longer, as their milliseconds say', () => {
  const duration = fc
    .tuple(fc.nat(99), fc.constantFrom('ms', 's', 'm', 'h', 'd', 'w', 'y'))
    .map(([amount, unit]) => PrometheusDuration.parse(`${amount + 1}${unit}`));
  fc.assert(
    fc.property(duration, duration, (one, other) => {
      expect(one.isLongerThan(other)).toBe(one.milliseconds > other.milliseconds);
      expect(one.isLongerThan(other) && other.isLongerThan(one)).toBe(false);
    }),
  );
});
