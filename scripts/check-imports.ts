import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOMS, SHARED, type Room } from './rooms.js';

/** Reports imports that `rooms.ts` does not allow, and rooms and folders that it does not list. */
export function main(): number {
  const problems = sourceFiles().flatMap((file) => importProblems(file, readFileSync(file, 'utf8')));
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

const IMPORT = /(?:\bfrom|\bimport\()\s*'(\.{1,2}\/[^']+)'/g;

/** The problems of the imports in a file. @param file its path in the repository */
export function importProblems(file: string, text: string): string[] {
  const name = roomOf(file);
  if (name === undefined) return []; // index.ts and stack.ts: the public API
  const room = ROOMS[name];
  if (room === undefined) return [`${file}: ${name} is an unknown room; add it to scripts/rooms.ts`];
  const folder = folderOf(file);
  if (folder !== undefined && !foldersOf(room).includes(folder))
    return [`${file}: ${folder} is an unknown folder of ${name}; add it to scripts/rooms.ts`];
  return Array.from(text.matchAll(IMPORT), ([, imported = '']) =>
    path.normalize(path.join(path.dirname(file), imported)).replace(/\.js$/, '.ts'),
  ).flatMap((imported) => {
    const reason =
      roomOf(imported) === name
        ? reasonInside(room, folder, folderOf(imported))
        : reasonOutside(name, room, imported);
    return reason === undefined ? [] : [`${file}: ${imported} ${reason}`];
  });
}

/** Why a file of a room may not import a file of another room. */
function reasonOutside(name: string, { imports }: Room, imported: string): string | undefined {
  const other = roomOf(imported);
  if (SHARED.includes(imported)) return undefined;
  if (other === undefined) return 'is the public API; import the file that defines the name';
  if (imports.includes(other)) return undefined;
  return `is in ${other}; ${name} may import ${imports.length > 0 ? imports.join(', ') : 'no other room'}`;
}

/** Why a file in a folder of a room may not import a file in another folder of it. */
function reasonInside(room: Room, folder: string | undefined, other: string | undefined): string | undefined {
  if (room.hasFeatures || folder === undefined || other === undefined) return undefined;
  const folders = foldersOf(room);
  if (folders.indexOf(other) <= folders.indexOf(folder)) return undefined;
  return `is in the folder ${other}, which comes after ${folder} in scripts/rooms.ts`;
}

function foldersOf({ folders = {} }: Room): string[] {
  return Object.keys(folders);
}

/** The folder of a file in its room; undefined for a file that is in the room itself. */
function folderOf(file: string): string | undefined {
  const [top, , folder, ...inside] = file.split('/');
  return top === 'src' && inside.length > 0 ? folder : undefined;
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
