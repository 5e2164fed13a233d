import fc from 'fast-check';
import * as http from '../../src/kubernetes/http.js';
import * as textRules from '../../src/kubernetes/text-formats.js';
import { matches, type TextFormat } from '../../src/kubernetes/text-formats.js';
import { IMAGE_REFERENCE } from '../../src/kubernetes/image-reference.js';
import { ANY_QUANTITY, QUANTITY } from '../../src/kubernetes/quantity.js';
import { PROMETHEUS_DURATION } from '../../src/prometheus/prometheus-duration.js';
import { cpuTime } from '../cpu-time.js';

const rules: Readonly<Record<string, unknown>> = { ...textRules, ...http };
const ruleOf = (name: string) => rules[name] as TextFormat;

const long = (length: number) => 'a'.repeat(length);

/** For each rule: texts that keep it, and texts that do not. */
const CASES = {
  DNS_1035_LABEL: {
    kept: ['a', 'app-django', 'a1', 'a--b', long(63)],
    broken: ['', '1a', 'A', 'a_b', 'a.b', '-a', 'a-', 'a b', 'a\n', 'ä', long(64)],
  },
  DNS_1123_LABEL: {
    kept: ['a', '1', '1a', 'a-b', long(63)],
    broken: ['', 'A', 'a.b', '-a', 'a-', 'a/b', 'a\n', long(64)],
  },
  DNS_1123_SUBDOMAIN: {
    kept: ['a', '1', 'a.b', 'kube-root-ca.crt', long(253)],
    broken: ['', 'A', '.a', 'a.', 'a..b', 'a.-b', 'a-.b', 'a_b', 'a\n', long(254)],
  },
  NAME_BESIDE_BOOLEANS: {
    kept: ['a', 'shop-tls', 'on.call', 'yes-tls', 'no1', long(253)],
    broken: ['', 'true', 'false', 'yes', 'no', 'on', 'off', 'A', 'a_b', 'a\n', long(254)],
  },
  ANY_LABEL_VALUE: { kept: ['', 'a', 'v1.2_3-rc', long(63)], broken: ['-a', 'a b', 'a\n', long(64)] },
  LABEL_VALUE: {
    kept: ['a', 'A', '1', 'v1.2_3-rc', long(63)],
    broken: ['', '-a', 'a-', '.a', 'a.', 'a b', 'a/b', 'a+b', 'a\n', long(64)],
  },
  LABEL_KEY: {
    kept: ['a', 'app', 'app.kubernetes.io/name', 'a.b-c/X_y.z', long(63), `a/${long(63)}`],
    broken: [
      '',
      '/a',
      'a/',
      'A.b/c',
      'a..b/c',
      'a.-b/c',
      'a-.b/c',
      'a/b/c',
      '-a',
      'a b',
      long(64),
      `a/${long(64)}`,
      `${long(254)}/a`,
    ],
  },
  INGRESS_HOST: {
    kept: ['a', 'shop.example.com', '*.example.com', '1.a'],
    broken: [
      '',
      '*',
      'a.*.b',
      '*a.example.com',
      'Shop.example.com',
      'a:80',
      'https://a',
      'a/b',
      'a..b',
      'a\n',
      long(254),
    ],
  },
  PORT_NAME: {
    kept: ['a', 'http', 'metrics-100', '8a', 'a1', long(15)],
    broken: ['', '80', '1-2', 'a--b', '-a', 'a-', 'A', 'a_b', 'a.b', 'metrics-workers1', 'a\n', long(16)],
  },
  ENV_NAME: {
    kept: ['A', '_', 'a.b', '-a', '.a', 'DJANGO_SETTINGS_MODULE'],
    broken: ['', '.', '..', '..a', '1A', 'A=B', 'A B', 'Ä', 'A\n', 'A\0'],
  },
  CONFIG_KEY: {
    kept: ['a', 'url', 'tls.crt', '.hidden', 'a..b', long(253)],
    broken: ['', '.', '..', '...', '..data', 'a/b', 'a b', 'a\n', long(254)],
  },
  RESOURCE_NAME: {
    kept: [
      'cpu',
      'memory',
      'ephemeral-storage',
      'hugepages-2Mi',
      'nvidia.com/gpu',
      'nvidia.com/mig-1g.5gb',
      `${long(244)}/${long(63)}`,
    ],
    broken: [
      '',
      'CPU',
      'mem',
      'hugepages-',
      'hugepages-2',
      'hugepages-0Mi',
      'gpu',
      'nvidia.com/',
      '/gpu',
      'a..b/c',
      'a-.b/c',
      'a/b/c',
      'requests.nvidia.com/gpu',
      `a/${long(64)}`,
      `${long(245)}/a`,
      '__proto__',
    ],
  },
  HTTP_PATH: {
    kept: ['/', '/health/', '/up?deep=1', '/%20'],
    broken: ['', 'health', '/a b', '/ä', '/a\n'],
  },
  HOST_NAME: {
    kept: ['a', 'app.example.com', 'A.B', '127.0.0.1', `${long(63)}.a`],
    broken: ['', 'a..b', '.a', 'a.', '-a', 'a-', 'a-.b', 'a b', 'a:80', 'a\n', long(64)],
  },
  HOST: {
    kept: ['a', 'app.example.com', 'a:1', 'a:8000', 'a.b:65535'],
    broken: ['', 'a..b', 'a:', 'a:0', 'a:080', 'a:65536', 'a:99999', ':80', 'a:80:80', 'a/b', long(64)],
  },
} satisfies Partial<Record<keyof typeof textRules | keyof typeof http, unknown>>;

const texts = Object.entries(CASES).flatMap(([name, { kept, broken }]) => [
  ...kept.map((text) => [name, text, true] as const),
  ...broken.map((text) => [name, text, false] as const),
]);

test.each(texts)('%s and the text %j: kept is %s', (name, text, kept) => {
  expect(matches(ruleOf(name), text)).toBe(kept);
});

test.each([undefined, null, 5, true, ['a'], { a: 1 }])('%j is no text and keeps no rule', (value) => {
  expect(matches(textRules.DNS_1123_LABEL, value)).toBe(false);
});

test('every rule of the files has its cases here', () => {
  const named = Object.entries(rules).filter(([, rule]) => typeof rule === 'object');
  expect(named.map(([name]) => name).toSorted()).toEqual(Object.keys(CASES).toSorted());
});

test('a rule without a longest length has none', () => {
  expect(matches(textRules.ENV_NAME, 'A'.repeat(100_000))).toBe(true);
});

test('a DNS-1035 label is also a DNS label, a subdomain, a label value and a label key', () => {
  const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
  fc.assert(
    fc.property(label, (text) => {
      for (const rule of [
        'DNS_1035_LABEL',
        'DNS_1123_LABEL',
        'DNS_1123_SUBDOMAIN',
        'LABEL_VALUE',
        'LABEL_KEY',
      ])
        expect([rule, text, matches(ruleOf(rule), text)]).toEqual([rule, text, true]);
    }),
  );
});

const everyRule: [string, TextFormat][] = [
  ...Object.entries(rules).filter((entry): entry is [string, TextFormat] => typeof entry[1] === 'object'),
  ['IMAGE_REFERENCE', IMAGE_REFERENCE],
  ['QUANTITY', QUANTITY],
  ['ANY_QUANTITY', ANY_QUANTITY],
  ['PROMETHEUS_DURATION', PROMETHEUS_DURATION],
];

test.each(everyRule)('%s is decided in a time that grows with the text, however hostile', (_, rule) => {
  const piece = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom(...'aA0-_./:@9mK') });
  const hostile = fc.tuple(piece, piece, fc.constantFrom('', '!', '\n', ' ', '-', '.'));
  fc.assert(
    fc.property(hostile, ([start, repeated, end]) => {
      const text = start + repeated.repeat(5000) + end;
      expect(cpuTime(() => rule.pattern.test(text))).toBeLessThan(1000); // the pattern itself: no length protects it here
    }),
    { numRuns: 60 },
  );
});
