import { readFileSync, writeFileSync } from 'node:fs';
import { valuesJsonSchema } from '../src/values/json-schema.js';
import { valuesReference } from './values-reference.js';

/** The files that are made from the definition of values in code. */
const GENERATED: Readonly<Record<string, () => string>> = {
  'schema/values.schema.json': () => `${JSON.stringify(valuesJsonSchema(), null, 2)}\n`,
  'docs/values.md': () => valuesReference(valuesJsonSchema()),
};

/** Writes them; with `--check` only says which of those in the repository are not current. */
export function main(args: readonly string[]): number {
  let exitCode = 0;
  for (const [file, make] of Object.entries(GENERATED)) {
    const text = make();
    if (!args.includes('--check')) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) {
      console.error(`${file} is not what the code gives; run \`npm run schema\` and commit it`);
      exitCode = 1;
    }
  }
  return exitCode;
}
