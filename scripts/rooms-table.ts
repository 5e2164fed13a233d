import { ROOMS } from './rooms.js';

/** ARCHITECTURE.md with the tables of rooms and of their folders that scripts/rooms.ts gives. */
export function withRoomsTables(architecture: string): string {
  const rooms = Object.entries(ROOMS);
  return withTable(
    withTable(architecture, 'rooms', [
      ['room', 'contains', 'may import'],
      ...rooms.map(([name, { contains, imports }]) => [placeOf(name), contains, imports.join(', ')]),
    ]),
    'folders',
    [
      ['folder', 'contains'],
      ...rooms.flatMap(([name, { folders = {} }]) =>
        Object.entries(folders).map(([folder, contains]) => [placeOf(name, folder), contains]),
      ),
    ],
  );
}

function placeOf(room: string, ...folder: string[]): string {
  return `\`${[...(room === 'charts' ? [] : ['src']), room, ...folder].join('/')}\``;
}

/** The page with a table in its place, which two comments mark. */
function withTable(page: string, name: string, [head = [], ...rows]: readonly string[][]): string {
  const place = new RegExp(`(<!-- ${name}:.*?-->\n).*?(<!-- end of ${name} -->)`, 's');
  if (!place.test(page)) throw new Error(`ARCHITECTURE.md has no place for the table of ${name}`);
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return page.replace(place, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`);
}
