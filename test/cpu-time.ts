/** Milliseconds of processor time that an action takes: other processes of the machine do not count. */
export function cpuTime(action: () => unknown): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Half-way between linear and quadratic: both are four times away. */
export const LINEAR = 64;

/**
 * How many times longer sixteen times as much takes: 16 when it is linear, 256 when it is quadratic. Each size counts by
 * its fastest run, since one run may pay for garbage collection or compilation; below 5 ms a clock tells nothing. The
 * larger size, which takes the time, runs again only where it was slow.
 */
export function growth(action: (size: number) => unknown, size: number): number {
  const time = (of: number) => cpuTime(() => action(of));
  const less = Math.max(5, Math.min(...[1, 2, 3].map(() => time(Math.ceil(size / 4)))));
  let factor = Infinity;
  for (let run = 0; run < 3 && factor >= LINEAR; run += 1) factor = Math.min(factor, time(4 * size) / less);
  return factor;
}
