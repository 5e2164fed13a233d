import { createServer } from 'node:net';

/** Below the ports that the system gives to outgoing connections; each of jest's workers has a range of its own. */
const SIZE = 5000;
const FIRST = 12_000 + SIZE * ((Number(process.env['JEST_WORKER_ID'] ?? 1) - 1) % 4);
const LAST = FIRST + SIZE - 1;

/** The next port to try: a program may not listen yet on the ports that it got, and no other program gets them. */
let next = FIRST + Math.floor(Math.random() * SIZE);

/** The first of so many ports in a row that nobody listens on. */
export async function freePorts(count: number): Promise<number> {
  for (let looked = 0; looked < SIZE; looked += count) {
    if (next + count - 1 > LAST) next = FIRST;
    const start = next;
    next += count;
    const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(start + i)));
    if (free.every(Boolean)) return start;
  }
  throw new Error(`no ${count} free ports in a row from ${FIRST} to ${LAST}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
