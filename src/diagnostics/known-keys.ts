import type { Diagnostic } from './diagnostic.js';

/** Diagnostics for one screen: the known keys are listed once, below all messages. */
export interface ForOneScreen {
  readonly diagnostics: readonly Diagnostic[];
  /** `known keys of http: port, servicePort`, one line for each map with unknown keys */
  readonly lists: readonly string[];
}

/** Takes the known keys out of the messages. Each list appears once, however many keys of a map are unknown. */
export function withKnownKeysOnce(diagnostics: readonly Diagnostic[]): ForOneScreen {
  const lists = new Map<string, string>();
  const without = diagnostics.map((diagnostic): Diagnostic => {
    const { known, ...others } = diagnostic;
    if (known === undefined) return diagnostic;
    const keys = known.keys.join(', ');
    if (!lists.has(keys)) lists.set(keys, `known keys${known.of && ` of ${known.of}`}: ${keys}`);
    return { ...others, hint: undefined };
  });
  return { diagnostics: without, lists: [...lists.values()] };
}
