import { dumpYaml } from '../yaml/dump-yaml.js';
import type { ExplainedKey } from '../values/explain/explain-keys.js';
import { columnsOf } from './terminal/fold.js';
import type { Paint } from './terminal/paint.js';
import { table } from './terminal/table.js';

/** The meaning of a key, for people. */
export function explainedKey(explained: ExplainedKey, paint: Paint): string {
  const { key, kinds, meaning, allowed, isRequired, example, keys, reference } = explained;
  const title = key === undefined ? kinds.join(', ') : `${key} (${kinds.join(', ')})`;
  const facts = [
    ['allowed', allowed],
    ['default', isRequired ? 'none; the key is required' : explained.default],
    ['reference', reference],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined);
  return [
    paint('heading', title),
    meaning,
    '',
    ...facts.map(([name, text]) => `${`${name}:`.padEnd(11)}${text}`),
    ...(example === undefined ? [] : ['', 'Example:', ...exampleLines(example)]),
    ...(keys.length === 0 ? [] : ['', ...keyLines(keys)]),
  ].join('\n');
}

function exampleLines(example: unknown): string[] {
  return dumpYaml(example)
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);
}

function keyLines(keys: ExplainedKey['keys']): string[] {
  const rows = keys.map(({ key, meaning }) => [key, meaning]);
  return table(['KEY', 'MEANING'], rows, columnsOf(process.stdout));
}
