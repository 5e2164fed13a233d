import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The states of a socket, as the kernel writes them. */
const STATES = { listening: '0A', connected: '01' };

/** A process in the network to look at; `self` is this one. */
type Network = number | 'self';

/** The process that listens on each port, as the kernel has it. */
export function listeners(ports: readonly number[], network: Network = 'self'): Map<number, number> {
  const found = socketsOfProcesses('listening', ports, network);
  return new Map(found.map(({ port, pid }) => [port, pid]));
}

/** The process of each open connection to a port: one that has accepted several is there several times. */
export function accepters(port: number): number[] {
  return socketsOfProcesses('connected', [port], 'self').map(({ pid }) => pid);
}

function socketsOfProcesses(state: keyof typeof STATES, ports: readonly number[], network: Network) {
  const portOfSocket = new Map<string, number>();
  for (const table of [`/proc/${network}/net/tcp`, `/proc/${network}/net/tcp6`]) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local = '', , itsState, , , , , , inode = ''] = line.trim().split(/\s+/);
      const port = Number.parseInt(local.split(':')[1] ?? '', 16);
      if (itsState === STATES[state] && ports.includes(port)) portOfSocket.set(`socket:[${inode}]`, port);
    }
  }
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((pid) =>
      socketsOf(pid).flatMap((socket) => {
        const port = portOfSocket.get(socket);
        return port === undefined ? [] : [{ port, pid: Number(pid) }];
      }),
    );
}

function socketsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    return []; // the process, or one of its files, is gone by now
  }
}
