import { run } from '../e2e/cluster/program.js';

const COUNT = `
const { bundle } = await import('./bin/bundle.mjs');
const { code } = await bundle('src/cli/entries/synth.ts');
const count = (text) => code.split(text).length - 1;
console.log(count('DEFAULT_PARSER_OPTIONS') > 0, count('...DEFAULT_PARSER_OPTIONS'));
`;

test('in a bundle, the YAML parser assigns its state: from a spread, each document would have a slow class of its own', () => {
  expect(run(process.execPath, ['--input-type=module', '-e', COUNT])).toBe('true 0\n');
});
