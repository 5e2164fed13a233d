import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Linux counts the CPU time of processes in hundredths of a second. */
const TICKS = 100;

/** The CPU seconds that the processes of a container have used, with those of their children that ended. @param pid one of them */
export function usedCpu(pid: number): number {
  const container = rootOf(String(pid));
  const ticks = readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name) && rootOf(name) === container)
    .flatMap(ticksOf);
  return ticks.reduce((sum, number) => sum + number, 0) / TICKS;
}

/** Each container has a mount namespace of its own. */
function rootOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return undefined; // the process has ended by now
  }
}

function ticksOf(pid: string): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may contain spaces, are: state, parent … and at 11: utime, stime, cutime, cstime.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).map(Number);
  } catch {
    return [];
  }
}
