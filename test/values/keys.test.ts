import { refusalsOf } from '../a-worker-app.js';

/** Lines 1 to 3; what a test is about begins in line 4. */
const SHOP = 'name: shop\nimage: e/shop\nworkers: 2\n';

test.each([
  [
    'what a template left behind',
    'env:\n  A: {{ .Values.x }}\n',
    ['5:6: a map as a key; write a value in place of the template: nothing fills it in'],
  ],
  [
    'every one of them, quotes in it or not',
    'env:\n  A: {{ .Values.x | quote }}\n  B: [{{ include "x" . }}]\n',
    [
      '5:6: a map as a key; write a value in place of the template: nothing fills it in',
      '6:7: a map as a key; write a value in place of the template: nothing fills it in',
    ],
  ],
  [
    'one where a key is expected',
    'env:\n  {{ .Values.x }}: b\n',
    ['5:3: a map as a key; write a value in place of the template: nothing fills it in'],
  ],
  [
    'a placeholder of another program',
    'env:\n  A: {{ name }}\n',
    ['5:6: a map as a key; put the text in quotes: "{{ name }}"'],
  ],
  ['a map', '? { a: b }\n: c\n', ['4:3: a map as a key; a key must be text']],
  ['a map of lines', 'env:\n  ? a: b\n    c: d\n  : e\n', ['5:5: a map as a key; a key must be text']],
  ['a map in a map', 'env: { { a: { b: c } }: d }\n', ['4:8: a map as a key; a key must be text']],
  [
    'a list',
    'env: { [a, { b: 1 }]: c, 1: d }\n',
    ['4:8: a list as a key; a key must be text', '4:26: the key 1 is not text; put it in quotes'],
  ],
  ['an alias', 'namespace: &n a\nenv: { *n : b }\n', ['5:8: an alias (*) as a key; write the key out']],
  [
    'a fault, and a key given twice',
    'env: { A: b, 1: c }\nname: x\n',
    ['4:14: the key 1 is not text; put it in quotes', '5: name: given in line 1 too; remove one of the two'],
  ],
])('a key that is no text is refused in its place: %s', (_, text, problems) => {
  expect(refusalsOf(SHOP + text, 'v.yaml')).toEqual(problems.map((problem) => `v.yaml:${problem}`));
});

test('a key that is no text is refused in the second document too', () => {
  expect(refusalsOf(`${SHOP}---\n${SHOP}env:\n  A: {{ .Values.x }}\n`, 'v.yaml')).toEqual([
    'v.yaml:9:6: a map as a key; write a value in place of the template: nothing fills it in',
  ]);
});

test.each([
  ['at the top', 'name: x\n', ['4: name: given in line 1 too; remove one of the two']],
  [
    'three times',
    'name: x\nname: y\n',
    [
      '4: name: given in line 1 too; remove one of the two',
      '5: name: given in line 4 too; remove one of the two',
    ],
  ],
  ['in quotes or not', 'env:\n  A: b\n  "A": c\n', ['6: env.A: given in line 5 too; remove one of the two']],
  [
    'in a list of maps',
    'metrics:\n  relabelings:\n    - action: keep\n    - action: drop\n      regex: a\n      action: keep\n',
    ['9: metrics.relabelings[1].action: given in line 7 too; remove one of the two'],
  ],
  [
    'in an environment',
    'environments:\n  dev:\n    workers: 1\n    workers: 3\n',
    ['7: environments.dev.workers: given in line 6 too; remove one of the two'],
  ],
  [
    'which is a map each time',
    'env:\n  A: b\nenv:\n  B: c\n',
    ['6: env: given in line 4 too; remove one of the two'],
  ],
])('a key that a map has twice is named with its lines: %s', (_, text, problems) => {
  expect(refusalsOf(SHOP + text, 'v.yaml')).toEqual(problems.map((problem) => `v.yaml:${problem}`));
});

test('beside a key given twice everything else is reported, of the value given last', () => {
  const text = `${SHOP}workers: 0\nreplicas: -1\n---\n${SHOP}http: { port: 0 }\n`;
  expect(refusalsOf(text, 'v.yaml')).toEqual([
    'v.yaml:4: workers: given in line 3 too; remove one of the two',
    'v.yaml:4: workers: expected a whole number from 1 to 100, got 0',
    'v.yaml:5: replicas: expected a whole number from 0 to 10000, got -1',
    'v.yaml:10: http.port: expected a whole number from 1 to 65535, got 0',
    expect.stringMatching(/^v\.yaml:7: name: "shop": v\.yaml:1 has this name too/),
  ]);
});
