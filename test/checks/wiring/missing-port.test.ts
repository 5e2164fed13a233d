import { expect, test } from '@jest/globals';
import { noServicePort } from '../../../src/checks/wiring/missing-port.js';
import type { Service } from '../../../src/checks/cluster/service.js';

function serviceWith(names: readonly string[]): Service {
  const ports = names.map((name, i) => ({ name, number: 8000 + i }));
  return { object: 'Service default/shop', ports } as unknown as Service;
}

const numbers = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => `metrics-${first + i}`);

test.each([
  ['few ports', ['http', ...numbers(1, 3)], 'http, metrics-1, metrics-2, metrics-3'],
  ['the ports of many workers', ['http', ...numbers(1, 100)], '101 ports: http, metrics-1 … metrics-100'],
  [
    'a port that is missing between others',
    [...numbers(1, 49), ...numbers(51, 100)],
    '99 ports: metrics-1 … metrics-49, metrics-51 … metrics-100',
  ],
  [
    'many names',
    Array.from({ length: 26 }, (_, i) => String.fromCodePoint(97 + i)),
    '26 ports: a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t and 6 more',
  ],
])('a missing port names %s', (_, names, listed) => {
  expect(noServicePort('metrics-0', [serviceWith(names)])).toEqual({
    message: `"metrics-0" is not a port of Service default/shop (${listed})`,
  });
});
