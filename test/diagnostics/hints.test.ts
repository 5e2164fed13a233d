import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

/** Words that begin a fix. */
const FIX =
  'add|choose|create|end|fix|give|keep|lower|make|move|name|open|put|raise|remove|rename|run|save|set|shorten|split|start|try|use|write';

/** A quoted text of one line with a semicolon, and a fix after it. */
const FIX_IN_TEXT = new RegExp(`(['"\`]).*; (?:${FIX}) .*\\1`);

/** Texts that are no messages of diagnostics: descriptions of keys, help and summaries of commands. */
const NO_MESSAGES = /(?:-keys?|-shape|-fields)\.ts$|\/keys\/|^src\/cli\/|-props\.ts$/;

test('the fix of a diagnostic is its hint, not a part of its message', () => {
  const files = ['src', 'charts']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true }).map((file) => path.join(folder, String(file))),
    )
    .filter((file) => file.endsWith('.ts') && !NO_MESSAGES.test(file));
  const found = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => FIX_IN_TEXT.test(line) && !/^\s*(?:\*|\/)/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );

  expect(found).toEqual([]);
});
