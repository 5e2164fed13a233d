/** V8's threshold for optimising a function, by the version of Node: its name, V8's own value, and ours. */
const THRESHOLDS: Readonly<Record<string, readonly [name: string, own: number, ours: number]>> = {
  20: ['interrupt-budget', 67_584, 500_000],
  22: ['invocation-count-for-turbofan', 3000, 12_000],
};

/**
 * Makes V8 optimise fewer functions. It optimises them on other threads, and most are not used long enough to repay that:
 * with 1,000 applications, this saves a quarter of the processor time in Node 20, a fifth in Node 22, nothing in Node 24.
 * Short runs do not call this, because V8 rejects compiled code that was kept under other settings.
 */
export function expectLongRun(): void {
  const threshold = THRESHOLDS[process.versions.node.split('.', 1)[0] ?? ''];
  if (threshold === undefined) return; // V8 prints an error for a name that it does not know
  const [name, own, ours] = threshold;
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  setFlagsFromString(`--${name}=${ours}`);
  // Before the listeners that keep the compiled code for the next run.
  process.prependOnceListener('exit', () => setFlagsFromString(`--${name}=${own}`));
}
