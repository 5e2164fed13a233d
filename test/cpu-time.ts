/** Milliseconds of processor time that an action takes: other processes of the machine do not count. */
export function cpuTime(action: () => unknown): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How many times longer sixteen times as much takes: 16 when it is linear, 256 when it is quadratic. Each size counts by
 * the fastest of three runs, since one run may pay for garbage collection or compilation; below 5 ms a clock tells nothing.
 */
export function growth(action: (size: number) => unknown, size: number): number {
  const fastest = (of: number) => Math.min(...[1, 2, 3].map(() => cpuTime(() => action(of))));
  return fastest(4 * size) / Math.max(5, fastest(Math.ceil(size / 4)));
}

/** Half-way between linear and quadratic: both are four times away. */
export const LINEAR = 64;
