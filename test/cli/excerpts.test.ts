import { Workplace } from './command-line.js';

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

const SHOP = 'name: shop\nimage: a/b:1\nworkers: 2\n';

async function refusal(text: string, ...args: string[]): Promise<string> {
  place.write('values/shop.yaml', text);
  return (await place.runInside('synth', ...args)).stderr;
}

test('an error about a finished object shows the line of the value that causes it', async () => {
  const sidecar = 'sidecars:\n  a: { image: b, volumeMounts: [{ name: none, mountPath: /x }] }\n';
  expect(await refusal(SHOP + sidecar)).toContain(`
  --> values/shop.yaml:5:33
  5 |   a: { image: b, volumeMounts: [{ name: none, mountPath: /x }] }
    |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`);
});

test('an error shows the line of the file, with the value marked', async () => {
  expect(await refusal(`${SHOP}http:\n  port: "80" # as text\n`)).toBe(`values/shop.yaml:5: http.port: expected a whole number from 1 to 65535, got "80"; remove the quotes
  --> values/shop.yaml:5:9
  5 |   port: "80" # as text
    |         ^^^^
1 problem; nothing was written
`);
}); // prettier-ignore

test.each([
  ['a key that is unknown', 'wrokers: 5', '| ^^^^^^^'],
  ['a value without quotes', 'replicas: -10', '|           ^^^'],
  ['a list on one line', 'image: [a, { b: c }]', '|        ^^^^^^^^^^^^^'],
  ['the start of what has several lines', 'image:\n  a: b\n  c: d', '|   ^'],
  ['the key of an empty value', 'dashboard:', '| ^^^^^^^^^'],
  ['where the text is not YAML', 'replicas: @x', '|           ^'],
  ['a value in an environment', 'environments: { dev: { replicas: -1 } }', '|                                  ^^'],
])('%s is marked', async (_, given, marks) => {
  const stderr = await refusal(`${SHOP.replace(/^image.*\n/m, given.startsWith('image') ? '' : '$&')}${given}\n`);
  expect(stderr).toMatch(new RegExp(`\n +\\${marks.replaceAll('^', '\\^')}\n`));
}); // prettier-ignore

test.each([
  ['a password', 'env: { DB_PASSWORD: hunter2, A: [] }'],
  ['a password in a map', 'env: { DB_PASSWORD: { value: hunter2 } }'],
  [
    'a password beside a reference',
    'env: { A: { valueFrom: { secretKeyRef: { name: a, key: b } } }, DB_PASSWORD: hunter2 }',
  ],
  ['a password below its name', 'env:\n  DB_PASSWORD:\n    value: hunter2'],
  ['a password below its name, in a list', 'env:\n  DB_PASSWORD:\n    - hunter2'],
  ['a token', `env: { CI_TOKEN: hunter2, A: [] }`],
  ['a URL with a password', 'env: { DB: "postgres://shop:hunter2@db/shop", A: [] }'],
  ['a variable of this name in the line before', 'env:\n  - name: DB_PASSWORD\n    value: hunter2: b'],
  ['random text', 'env: { A: [], B: aGVsbG8gd29ybGQgaGVsbG8gd29ybGQxMjM0NTY3ODkwhunter2 }'],
  ['a password that ends in a colon', 'env:\n  DB_PASSWORD: hunter2:'],
  ['a password in other letters', 'env:\n  DB_PASSWORD: { value: пароль }', 'пароль'],
  ['a password of signs', 'env:\n  DB_PASSWORD: { value: "?!§$" }', '?!§$'],
])('a line with %s is not shown', async (_, given, secret = 'hunter2') => {
  const stderr = await refusal(`${SHOP}${given}\n`);
  expect(stderr).toMatch(/^values\/shop\.yaml:\d/m);
  expect(stderr).not.toContain(secret);
});

test.each([
  ['in Kubernetes\' words', 'env: { DB_PASSWORD: { valueFrom: { secretKeyRef: { name: db, key: password } } } }'],
  ['that begins on the next line', 'env:\n  DB_PASSWORD:\n    valueFrom:\n      secretKeyRef: { name: db, key: password }'],
  ['without valueFrom', 'env: { DB_PASSWORD: { secretKeyRef: { name: db, key: password } } }'],
  ['beside other variables', 'env: { A: b, DB_PASSWORD: { valueFrom: { secretKeyRef: { name: db, key: password } } } }'],
  ['in a list', 'env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }]'],
  ['in a list of several lines', 'env:\n  - name: DB_PASSWORD\n    valueFrom: { secretKeyRef: { name: db, key: password } }'],
  ['of a process', 'processes: { q: { env: { DB_PASSWORD: { valueFrom: { secretKeyRef: { name: db, key: password } } } } } }'],
  ['in our words', 'env: { DB_PASSWORD: { secret: db, key: password }, A: [] }'],
  ['to an account', 'serviceAccount: { create: 3, automountToken: yes }'],
])('a line with a reference %s is shown', async (_, given) => {
  expect(await refusal(`${SHOP}${given}\n`)).toMatch(/^ +--> values\/shop\.yaml:\d/m);
}); // prettier-ignore

test.each(['json', 'github'])('--format %s shows no lines, and the columns', async (format) => {
  place.write('values/shop.yaml', `${SHOP}replicas: -1\n`);
  const { stdout, stderr } = await place.runInside('synth', '--format', format);
  expect(stderr).toBe('1 problem; nothing was written\n');
  expect(stdout).not.toContain('^');
  expect(stdout).toMatch(
    format === 'json' ? /"column": 11,\s+"endColumn": 13/ : /,line=4,col=11,endColumn=13,/,
  );
});

test('of many errors, the first are shown with their lines', async () => {
  const env = Array.from({ length: 40 }, (_, i) => `  A${i}: []\n`).join('');
  const stderr = await refusal(`${SHOP}env:\n${env}`);
  expect(stderr.match(/^values\/shop\.yaml:/gm)).toHaveLength(40);
  expect(stderr.match(/^ +--> /gm)).toHaveLength(20);
});

test('a note shows no line, since it stops nothing', async () => {
  place.write(
    'values/peers.yaml',
    'kind: AlertmanagerCluster\nname: main\npeers: 2\nconfig: { route: { receiver: none }, receivers: [{ name: none }] }\n',
  );
  expect(await refusal(SHOP)).not.toContain('-->');
});
