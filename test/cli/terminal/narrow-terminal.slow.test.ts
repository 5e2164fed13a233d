import { stripVTControlCharacters } from 'node:util';
import { widthOf } from '../../../src/cli/terminal/fold.js';
import { COMMAND, run } from '../../run-command.js';
import { Workplace } from '../command-line.js';

const place = new Workplace();
afterAll(() => place.remove());

const SHOP =
  'name: shop\nimage: a/b:1\nworkers: 40\nenv: { GREETING: "ようこそ、いらっしゃいませ。 e\u0301a\u0300 ようこそ、いらっしゃいませ。ようこそ" }\n';
const WRONG = `${SHOP}replicas: -1\n店の名前: ${'店'.repeat(100)}\nhttp: { prot: 80, "long name of a key that is wrong": { a: 1 } }\nunknown: 1\n`; // prettier-ignore

/** Runs the command in a real pseudo-terminal: `script` of util-linux makes it, stty sets its width. */
function inTerminal(columns: number, args: readonly string[]): string[] {
  const command = ['node', COMMAND, ...args].map((word) => `'${word}'`).join(' ');
  const line = `stty cols ${columns} rows 40; ${command}`;
  const { stdout } = run('script', ['-qec', line, '/dev/null'], { cwd: place.folder });
  return stripVTControlCharacters(stdout).replaceAll('\r', '').split('\n');
}

const COMMANDS: readonly (readonly [string, RegExp])[] = [
  ['synth -f wrong', /replicas/],
  ['diff -f changed -o dist', /replicas/],
  ['explain shop -f values', /GREETING/],
  ['costs -f values', /recommended/],
  ['trace dist', /metrics-1…40:8001…8040/],
  ['trace --verbose dist', /metrics-17:8017/],
  ['trace --help', /undecided|environment/],
];

beforeAll(async () => {
  place.write('values/shop.yaml', SHOP);
  place.write('wrong/shop.yaml', WRONG);
  place.write('changed/shop.yaml', `${SHOP}replicas: 3\nlabels: { ${'a'.repeat(60)}: ${'b'.repeat(60)} }\n`);
  await place.runInside('synth');
});

describe.each([80, 60, 30])('on a terminal of %i columns', (columns) => {
  test.each(COMMANDS)('%s prints no line that is wider', (command, part) => {
    const lines = inTerminal(columns, command.split(' '));
    expect(lines.join('').replaceAll(' ', '')).toMatch(part); // words of many letters are folded, too
    expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
  });
});

test('a pipe gets whole lines, since grep reads them', () => {
  const { stdout } = run('node', [COMMAND, 'trace', 'dist'], { cwd: place.folder });
  expect(stdout).toMatch(/^ok .* metrics-1…40:8001…8040 .* WEB_CONCURRENCY=40$/m);
});
