/** Milliseconds of processor time that an action takes: other processes of the machine do not count. */
export function cpuTime(action: () => unknown): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** How many times longer four times as much takes: 4 when it is linear, 16 when it is quadratic. */
export function growth(action: (size: number) => unknown, size: number): number {
  const small = Math.max(
    10,
    Math.min(
      cpuTime(() => action(size)),
      cpuTime(() => action(size)),
    ),
  );
  return cpuTime(() => action(4 * size)) / small;
}

/** Between linear and quadratic, with room for garbage collection. */
export const LINEAR = 10;
