/** Milliseconds of processor time that an action takes: other processes of the machine do not count. */
export function cpuTime(action: () => unknown): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How many times longer four times as much takes: 4 when it is linear, 16 when it is quadratic. Each size counts by the
 * fastest of three runs: a single run may pay for garbage collection.
 */
export function growth(action: (size: number) => unknown, size: number): number {
  const fastest = (of: number) => Math.min(...[1, 2, 3].map(() => cpuTime(() => action(of))));
  return fastest(4 * size) / Math.max(10, fastest(size));
}

/** Between linear and quadratic, with room for garbage collection. */
export const LINEAR = 10;
