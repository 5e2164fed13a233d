import { readFileSync, writeFileSync } from 'node:fs';
import { valuesJsonSchema } from '../src/values/json-schema.js';

const FILE = 'schema/values.schema.json';

/** Writes the JSON Schema of values files; with `--check` only says whether the one in the repository is current. */
export function main(args: readonly string[]): number {
  const text = `${JSON.stringify(valuesJsonSchema(), null, 2)}\n`;
  if (!args.includes('--check')) {
    writeFileSync(FILE, text);
    return 0;
  }
  if (readFileSync(FILE, 'utf8') === text) return 0;
  console.error(`${FILE} is not what the code gives; run \`npm run schema\` and commit it`);
  return 1;
}
