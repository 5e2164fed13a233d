import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTEN = '0A';

/**
 * The process that listens on each port, as the kernel has it.
 * @param network a process in the network to look at. @default - this one
 */
export function listeners(ports: readonly number[], network: number | 'self' = 'self'): Map<number, number> {
  const portOfSocket = new Map<string, number>();
  for (const table of [`/proc/${network}/net/tcp`, `/proc/${network}/net/tcp6`]) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      const port = Number.parseInt(local.split(':')[1] ?? '', 16);
      if (state === LISTEN && ports.includes(port)) portOfSocket.set(`socket:[${inode}]`, port);
    }
  }
  const found = new Map<number, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    for (const socket of socketsOf(pid)) {
      const port = portOfSocket.get(socket);
      if (port !== undefined) found.set(port, Number(pid));
    }
  }
  return found;
}

function socketsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    return []; // the process, or one of its files, is gone by now
  }
}
