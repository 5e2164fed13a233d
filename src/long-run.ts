type Flag = readonly [name: string, own: number, ours: number];

/** The heap grows to twice the memory in use before V8 collects garbage, instead of up to four times. */
const HEAP: Flag = ['heap-growing-percent', 0, 100];

/** Settings of V8 by the version of Node: name, V8's own value, and ours. */
const FLAGS: Readonly<Record<string, readonly Flag[]>> = {
  20: [HEAP, ['interrupt-budget', 67_584, 500_000], ['max-inlined-bytecode-size', 460, 200]],
  22: [HEAP, ['invocation-count-for-turbofan', 3000, 12_000]],
  24: [HEAP],
};

/**
 * Sets V8 up for a run with many applications:
 * - It optimises fewer functions. It does this on other threads, and most functions are not used long enough to repay it:
 *   with 1,000 applications, this saves a quarter of the processor time in Node 20, a fifth in Node 22, nothing in Node 24.
 * - In Node 20, it inlines only short functions into these. It then needs a sixth less work to optimise them, and 1,000
 *   applications take 0.97 times the processor time.
 * - It collects garbage sooner: 10,000 applications take 270 MB instead of 420 MB or, on a busy machine, more.
 *
 * Short runs do not call this, because V8 rejects compiled code that was kept under other settings.
 */
export function expectLongRun(): void {
  // V8 prints an error for a name that it does not know.
  const flags = FLAGS[process.versions.node.split('.', 1)[0] ?? ''] ?? [];
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const [name, , ours] of flags) setFlagsFromString(`--${name}=${ours}`);
  // Before the listeners that keep the compiled code for the next run.
  process.prependOnceListener('exit', () => {
    for (const [name, own] of flags) setFlagsFromString(`--${name}=${own}`);
  });
}
