import { valuesJsonSchema } from '../../src/values/json-schema/json-schema.js';

/**
 * What JavaScript, Python's re and java.util.regex take the same way: JSON Schema recommends little more than
 * characters, classes, quantifiers and groups. Look-aheads are added, and \s, which stands for all but rare spaces.
 */
const ESCAPE = String.raw`\\(?:[sS]|u[0-9a-f]{4}|[-/.{}()[\]\\$^*+?|])`;
const CLASS = String.raw`\[(?:\^|(?!\^))(?:${ESCAPE}|(?!&&|--|\|\||~~)[^\\[\]])+\]`;
const GROUP = String.raw`\((?:\?[:=!]|(?!\?))`;
const REPEATED = String.raw`\{[0-9]+(?:,[0-9]*)?\}`;
const PORTABLE = new RegExp(String.raw`^(?:${ESCAPE}|${CLASS}|${GROUP}|${REPEATED}|[^\\[\](){}]|\))*$`);

test.each(patternsIn(valuesJsonSchema()))('%s means one thing in JavaScript, Python and Java', (pattern) => {
  expect(pattern).toMatch(PORTABLE);
});

test.each([
  ['any character, as only JavaScript has it', '^[^]*$'],
  ['no character, as only JavaScript has it', '[]'],
  ['NUL in octal, which Java refuses', String.raw`^[^\0]*$`],
  ['a bracket in a class, where Java begins another one', '[^?*[]'],
  ['a letter of any alphabet, as Python has it', String.raw`\w`],
  ['a digit of any alphabet, as Python has it', String.raw`[\d]`],
  ['a Unicode property', String.raw`\p{L}`],
  ['a look-behind', '(?<=a)b'],
  ['a named group', '(?<name>a)'],
  ['a flag', '(?i:a)'],
  ['an intersection of classes, as Java has it', '[a-z&&b]'],
  ['a bare brace', 'a{b}'],
])('%s would be found', (_, pattern) => {
  expect(pattern).not.toMatch(PORTABLE);
});

function patternsIn(schema: unknown): string[] {
  const found = new Set<string>();
  const collect = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { pattern } = part as { readonly pattern?: unknown };
    if (typeof pattern === 'string') found.add(pattern);
    Object.values(part).forEach(collect);
  };
  collect(schema);
  return [...found];
}
