import { refusalsOf } from '../a-worker-app.js';

/** Lines 1 to 3; the text without quotes is in line 4 or below. */
const SHOP = 'name: shop\nimage: e/shop\nworkers: 2\n';

test.each([
  [
    'a schedule that begins with *',
    'cronJobs:\n  n:\n    schedule: */5 * * * *\n',
    "6:15: not YAML: * begins an alias; put the text in quotes: '*/5 * * * *'",
  ],
  [
    'a schedule of every minute, with a comment',
    'cronJobs:\n  n:\n    schedule: * * * * * # often\n',
    "6:15: not YAML: * begins an alias; put the text in quotes: '* * * * *'",
  ],
  [
    'a schedule in brackets',
    'cronJobs: { n: { schedule: */5 * * * *, command: [a] } }\n',
    "4:28: not YAML: * begins an alias; put the text in quotes: '*/5 * * * *'",
  ],
  ['an item of a list', 'args:\n  - *.py x\n', '5:5: not YAML: * begins an alias; put the text in quotes'],
  [
    'an item in brackets',
    'args: [--x, *y]\n',
    '4:13: not YAML: unidentified alias "y"; put the text in quotes',
  ],
  ['@', 'env:\n  A: @foo\n', '5:6: not YAML: @ cannot begin a text without quotes; put the text in quotes'],
  [
    'a backtick',
    'env:\n  A: `foo`\n',
    '5:6: not YAML: ` cannot begin a text without quotes; put the text in quotes',
  ],
  [
    '%',
    "env:\n  A: %d it's\n",
    '5:6: not YAML: % cannot begin a text without quotes; put the text in quotes',
  ],
  ['&', 'env:\n  A: &foo\n', '5:6: & begins an anchor, and there is no value; put the text in quotes'],
  ['!', 'env:\n  A: !foo bar\n', '5:6: not YAML: unknown scalar tag !<!foo>; put the text in quotes'],
  ['a list with text', 'env:\n  A: [a] b\n', '5:6: not YAML: [ begins a list; put the text in quotes'],
  ['a version', 'env:\n  A: >=1.0\n', '5:6: not YAML: > begins lines of text; put the text in quotes'],
  [
    'quotes around a part',
    'env:\n  A: "a" b\n',
    '5:6: not YAML: there is text after the closing quote; put the text in quotes',
  ],
  [
    'a colon at the end',
    'env:\n  A: a/b:\n',
    '5:6: not YAML: a text without quotes contains a colon; put the text in quotes',
  ],
  [
    'a colon and a space',
    'env:\n  A: foo: bar\n',
    '5:6: not YAML: a text without quotes contains a colon; put the text in quotes',
  ],
  [
    'a secret, which is not shown',
    'env:\n  A_PASSWORD: @foo\n',
    '5:15: not YAML: @ cannot begin a text without quotes; put the text in quotes',
  ],
  [
    'a tab',
    'env:\n\tA: foo\n',
    '5:1: not YAML: tab characters must not be used in indentation; write spaces instead of tabs',
  ],
])('text that needs quotes is refused with the quotes: %s', (_, text, problem) => {
  expect(refusalsOf(SHOP + text, 'v.yaml')).toEqual([`v.yaml:${problem}`]);
});

test('a conflict of git is named with its line', () => {
  const text = `<<<<<<< HEAD\n${SHOP}=======\nname: store\n>>>>>>> other\n`;
  expect(refusalsOf(text, 'v.yaml')[0]).toMatch(
    /^v\.yaml:.*; resolve the conflict of git that begins in line 1$/,
  );
});

test.each([
  ['without a space after its colons', 'name:shop\nimage:a\n', 'got "name:shop image:a"; add a space after each colon'],
  ['in a list', '- name: shop\n  image: a\n', 'got a list; remove the "- ", and write --- between two applications'],
])('a document %s is refused with the fix', (_, text, message) => {
  expect(refusalsOf(text, 'v.yaml')).toEqual([expect.stringContaining(message)]);
}); // prettier-ignore

test.each([
  ['an anchor in use', 'env: &e { A: "1" }\nenvFrom: [*e, { a: b: c }]\n', 5, /contains a colon/],
  ['an anchor without a value, in use', 'env: { A: &a, B: *a }\n', 4, /env\.A: .*got no value/],
  ['a tag of YAML', 'instance: !!binary aGk=\n', 4, /unknown scalar tag .*if it begins with !$/],
  ['an open bracket', 'http: { port: 5000\n', 5, /deficient indentation; close the quotes or brackets/],
])('quotes are not the hint for %s', (_, text, line, problem) => {
  expect(refusalsOf(SHOP + text, 'v.yaml')[0]).toMatch(new RegExp(`^v.yaml:${line}\\b.*${problem.source}`));
});
