import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';

const app = (name: string, more = '') => `name: ${name}\nimage: example/shop\nworkers: 5\n${more}`;

function parse(files: Readonly<Record<string, string>>) {
  const { values, problems } = parseValues(Object.entries(files).map(([file, text]) => ({ file, text })));
  const read = values.map((value) => ({ ...value, source: undefined }));
  return { names: read.map(({ spec }) => spec.name), problems: problems.map(formatDiagnostic), values: read };
}

test('a values file gives the values that it contains, and its kind', () => {
  const text = app('shop', 'http: { port: 5000 }\nenv: { A: "5", B: { secret: s, key: k } }\n');
  expect(parse({ f: text }).values).toMatchObject([
    {
      kind: 'WorkerApp',
      spec: {
        name: 'shop',
        image: 'example/shop',
        workers: 5,
        http: { port: 5000 },
        env: { A: '5', B: { secret: 's', key: 'k' } },
      },
    },
  ]);
});

test('a kind that is named is the kind, and no prop', () => {
  expect(parse({ f: app('shop', 'kind: WorkerApp\n') })).toEqual(parse({ f: app('shop') }));
});

test('several files, and several documents a file, are applications in their order', () => {
  const files = { 'b.yaml': `${app('b1')}---\n${app('b2')}---\n`, 'a.yaml': `---\n---\n${app('a1')}` };
  expect(parse(files)).toMatchObject({ names: ['b1', 'b2', 'a1'], problems: [] });
});

test('all problems of all files are reported, file by file, from the top of each to its end', () => {
  const files = {
    'b.yaml': `replicas: -1\n${app('Bad', 'wrokers: 5\n')}---\n${app('good', 'http: { port: 0 }\n')}`,
    'broken.yaml': 'name: [\n',
    'empty.yaml': '',
    'good.yaml': app('fine'),
    'a.yaml': app('a b'),
  };
  expect(parse(files).problems.map((line) => /^[^ ]+ [^ ]+/.exec(line)?.[0])).toEqual([
    'b.yaml:1: replicas:',
    'b.yaml:2: name:',
    'b.yaml:5: wrokers:',
    'b.yaml:10: http.port:',
    'broken.yaml:2:1: not',
    'empty.yaml: empty;',
    'a.yaml:1: name:',
  ]);
});

test('a file with a problem does not keep others from being read', () => {
  expect(parse({ 'a.yaml': app('A'), 'b.yaml': app('b') }).names).toEqual(['b']);
});

test('two applications of one name clash, in whichever files they are, and whatever else is wrong in them', () => {
  const files = { 'a.yaml': app('shop', 'worker: 5\n'), 'b.yaml': `${app('web')}---\n# b\n${app('shop')}` };
  expect(parse(files).problems).toEqual([
    'a.yaml:4: worker: unknown key; did you mean "workers"?',
    'b.yaml:6: name: "shop": a.yaml:1 has this name too, and both would write shop.k8s.yaml; rename one',
  ]);
});

test('of three applications with one name, the problems of the second and the third name the first', () => {
  const files = { 'a.yaml': app('shop'), 'b.yaml': app('shop'), 'c.yaml': app('shop') };
  expect(parse(files).problems).toEqual([
    expect.stringMatching(/^b\.yaml:1: name: "shop": a\.yaml:1 has this name too/),
    expect.stringMatching(/^c\.yaml:1: name: "shop": a\.yaml:1 has this name too/),
  ]);
});

test('nothing to read gives nothing', () => {
  expect(parse({})).toEqual({ names: [], problems: [], values: [] });
});

test.each([
  ['1e1', 10],
  ['0x0A', 10],
  ['0o12', 10],
  ['010', 10],
  ['+10', 10],
])('numbers are read as YAML 1.2 has them: workers: %s is %d', (text, workers) => {
  expect(parse({ f: app('shop').replace('5', text) }).values[0]?.spec).toMatchObject({ workers });
});

test.each(['yes', 'no', 'on', 'off', 'y', 'n', '1_000', '12:30:45', '2020-01-01', '='])(
  'what YAML 1.1 would read as something else is text: %s',
  (text) => {
    expect(parse({ f: app('shop', `env: { A: ${text} }\n`) }).values[0]?.spec).toMatchObject({
      env: { A: text },
    });
  },
);

test('an alias has the value of its anchor', () => {
  const text = app('shop', 'env:\n  A: &a { secret: s, key: k }\n  B: *a\n');
  expect(parse({ f: text }).values[0]?.spec).toMatchObject({ env: { B: { secret: 's', key: 'k' } } });
});

test('a byte order mark and CRLF change nothing', () => {
  const text = app('shop', 'http:\n  port: 5000\n');
  expect(parse({ f: `\uFEFF${text.replaceAll('\n', '\r\n')}` })).toEqual(parse({ f: text }));
});
