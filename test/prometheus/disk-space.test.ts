import { DiskSpace } from '../../src/prometheus/disk-space.js';

test.each([
  ['1B', 1],
  ['500KB', 500 * 1024],
  ['40GB', 40 * 1024 ** 3],
  ['2EB', 2 * 1024 ** 6],
])('%s are %d bytes', (text, bytes) => {
  expect(DiskSpace.parse(text).bytes).toBe(bytes);
  expect(String(DiskSpace.parse(text))).toBe(text);
});

test.each(['', '0GB', '40Gi', '40', '1.5GB', '-1GB', '40 GB'])('%j is refused', (text) => {
  expect(() => DiskSpace.parse(text)).toThrow(
    new RangeError(
      `expected an amount of disk space such as 40GB (a whole number above zero and B, KB, MB, GB, TB, PB or EB), got ${JSON.stringify(text)}`,
    ),
  );
});

test.each([
  [8 * 1024 ** 3, '8GB'],
  [1.6 * 1024 ** 4, '1638GB'],
  [0.8 * 1024 ** 3, '819MB'],
  [100, '100B'],
  [0.5, '1B'],
])('the most disk space within %d bytes is %s', (bytes, text) => {
  expect(String(DiskSpace.within(bytes))).toBe(text);
});
