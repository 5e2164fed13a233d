import { parseYaml } from '../../src/yaml/yaml-document.js';
import { refusalsOf } from '../a-worker-app.js';

/** Places of what is wrong, without the words. */
function places(text: string): string[] {
  return refusalsOf(text, 'f').map((line) => line.split(': ').slice(0, 2).join(' '));
}

const SHOP = 'name: shop\nimage: example/shop\nworkers: 5\n';

test.each([
  ['a block map', `${SHOP}http:\n  servicePort: 80\n  port: 0\n`, 'f:6 http.port'],
  ['a flow map', `${SHOP}http: { servicePort: 80, port: 0 }\n`, 'f:4 http.port'],
  [
    'a flow map over several lines',
    `${SHOP}http: {\n  servicePort: 80,\n  port:\n    0\n  }\n`,
    'f:7 http.port',
  ],
  ['quoted keys', `${SHOP}"http":\n  'port': 0\n`, 'f:5 http.port'],
  ['a key with escapes', `${SHOP}"\\x68ttp": { "p\\u006Frt": 0 }\n`, 'f:4 http.port'],
  ['an explicit key', `${SHOP}? http\n: port: 0\n`, 'f:5 http.port'],
  ['a value on the next line', `${SHOP}replicas:\n\n  -1\n`, 'f:6 replicas'],
  ['a value of several lines: where its text starts', `${SHOP}instance: |\n  a\n  b\n`, 'f:5 instance'],
  ['a list', `${SHOP}env:\n  A:\n    - 1\n    - 2\n`, 'f:6 env.A'],
  ['a value with an anchor', `${SHOP}replicas: &few\n  -1\n`, 'f:5 replicas'],
  ['a value with a tag', `${SHOP}replicas: !!int -1\n`, 'f:4 replicas'],
  ['an alias: where it is used', `${SHOP}env:\n  A: &a { secret: S, key: k }\n  B: *a\n`, 'f:5 env.A.secret'],
  ['an empty value: where its key is', `${SHOP}dashboard:\nnamespace: a\n`, 'f:4 dashboard'],
  ['an unknown key: where the key is', `${SHOP}env: {}\nwrokers:\n\n  5\n`, 'f:5 wrokers'],
  [
    'an unknown key within a map',
    `${SHOP}http:\n  port: 80\n  prot: 0\nmetrics: { startPort: 5000 }\n`,
    'f:6 http.prot',
  ],
  ['a name that may be no name: where the key is', `${SHOP}env:\n  A: x\n  1B:\n    x\n`, 'f:6 env.1B'],
  ['CRLF line ends', `${SHOP}http:\n  port: 0\n`.replaceAll('\n', '\r\n'), 'f:5 http.port'],
  ['a byte order mark', `\uFEFF${SHOP}replicas: -1\n`, 'f:4 replicas'],
  ['comments and directives before', `%YAML 1.2\n# hello\n---\n${SHOP}replicas: -1\n`, 'f:7 replicas'],
  ['the second document', `${SHOP}---\n${SHOP.replace('name: shop', 'name: Shop')}`, 'f:5 name'],
  [
    'the third document, after an empty one',
    `${SHOP}---\n---\n${SHOP.replace('name: shop', 'name: Shop')}`,
    'f:6 name',
  ],
  [
    'a document after an explicit end',
    `${SHOP}...\n---\n${SHOP.replace('name: shop', 'name: Shop')}`,
    'f:6 name',
  ],
])('%s', (_, text, place) => {
  expect(places(text)[0]).toBe(place);
});

test('a missing key is reported where the map around it starts', () => {
  expect(places('\n\nname: shop\nenv:\n  A:\n    secret: s\n')).toEqual([
    'f:3 image',
    'f:3 workers',
    'f:6 env.A.key',
  ]);
});

test('a value used twice is wrong in each place', () => {
  expect(places(`${SHOP}env:\n  A: &bad { secret: S, key: k }\n  C: d\n  B: *bad\n`)).toEqual([
    'f:5 env.A.secret',
    'f:7 env.B.secret',
  ]);
});

test('columns are counted from 1, too, and end after the last character', () => {
  const [document] = documents('a:\n  b: {c: 5, d: 66}\n  "e": \'f g\' # h\n');
  expect(document?.positionOf(['a', 'b', 'd'])).toEqual({ line: 2, column: 16, endColumn: 18 });
  expect(document?.positionOf(['a', 'b', 'd'], true)).toEqual({ line: 2, column: 13, endColumn: 14 });
  expect(document?.positionOf(['a', 'b'])).toEqual({ line: 2, column: 6, endColumn: 19 });
  expect(document?.positionOf(['a', 'e'])).toEqual({ line: 3, column: 8, endColumn: 13 });
  expect(document?.positionOf(['a', 'e'], true)).toEqual({ line: 3, column: 3, endColumn: 6 });
  expect(document?.positionOf([])).toEqual({ line: 1, column: 1 });
});

test('items of lists are found by their number', () => {
  const [document] = documents('a:\n  - b\n  - [c,\n     d]\n');
  expect(document?.positionOf(['a', 1, 1])).toEqual({ line: 4, column: 6, endColumn: 7 });
  expect(document?.positionOf(['a', 1])).toEqual({ line: 3, column: 5 });
  expect(document?.positionOf(['a', 2])).toEqual({ line: 2, column: 3 });
});

test.each([[['a', 'x', 'y']], [['b']], [['a', 'c', 'x']], [[5]]])(
  'what is not there, %j, is placed at what is around it',
  (path) => {
    const [document] = documents('\na:\n  c: 5\n');
    expect(document?.positionOf(path).line).toBeLessThanOrEqual(3);
    expect(document?.positionOf(path).line).toBeGreaterThanOrEqual(2);
  },
);

function documents(text: string) {
  return parseYaml('f', text).documents;
}
