import { ROOMS } from './rooms.js';

const PLACE = /(<!-- rooms:.*?-->\n).*?(<!-- end of rooms -->)/s;

/** ARCHITECTURE.md with the table of rooms that scripts/rooms.ts gives. */
export function withRoomsTable(architecture: string): string {
  if (!PLACE.test(architecture)) throw new Error('ARCHITECTURE.md has no place for the table of rooms');
  const rows = Object.entries(ROOMS).map(
    ([name, { contains, imports }]) =>
      `| \`${name === 'charts' ? name : `src/${name}`}\` | ${contains} | ${imports.join(', ')} |`,
  );
  const table = ['| room | contains | may import |', '| --- | --- | --- |', ...rows].join('\n');
  return architecture.replace(PLACE, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`);
}
