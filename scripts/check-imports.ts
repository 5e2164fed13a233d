import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOMS, SHARED } from './rooms.js';

/** Reports imports that `rooms.ts` does not allow, and unknown rooms. */
export function main(): number {
  const problems = sourceFiles().flatMap((file) => importProblems(file, readFileSync(file, 'utf8')));
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

const IMPORT = /(?:\bfrom|\bimport\()\s*'(\.{1,2}\/[^']+)'/g;

/** The problems of the imports in a file. @param file its path in the repository */
export function importProblems(file: string, text: string): string[] {
  const room = roomOf(file);
  if (room === undefined) return []; // index.ts and stack.ts: the public API
  const allowed = ROOMS[room]?.imports;
  if (allowed === undefined) return [`${file}: ${room} is an unknown room; add it to scripts/rooms.ts`];
  return Array.from(text.matchAll(IMPORT), ([, imported = '']) =>
    path.normalize(path.join(path.dirname(file), imported)).replace(/\.js$/, '.ts'),
  ).flatMap((imported) => {
    const other = roomOf(imported);
    if (other === room || SHARED.includes(imported)) return [];
    if (other !== undefined && allowed.includes(other)) return [];
    const reason =
      other === undefined
        ? 'is the public API; import the file that defines the name'
        : `is in ${other}; ${room} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other room'}`;
    return [`${file}: ${imported} ${reason}`];
  });
}

function roomOf(file: string): string | undefined {
  const [top = '', room, ...inside] = file.split('/');
  if (top !== 'src') return top;
  return inside.length === 0 ? undefined : room;
}

function sourceFiles(): string[] {
  return ['src', 'charts'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(folder, name)),
  );
}
