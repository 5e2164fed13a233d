import { EVENT_ID, type Event } from 'js-yaml';
import type { Fault } from './yaml-keys.js';
import { offsetOf } from './yaml-events.js';

/** Maximum number of collections that aliases expand to: more than a values file needs. */
const MOST = 10_000;

interface AliasFault {
  readonly message: string;
  readonly hint: string;
}

/** Why the aliases in a value are refused: they are endless, or expand to too much; undefined if they are fine. */
function aliasFault(value: unknown): AliasFault | undefined {
  let count = 0;
  const around = new Set<object>();
  const fault = (inner: unknown): AliasFault | undefined => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    if (around.has(inner))
      return {
        message: 'an alias (*) stands for a value that contains the alias',
        hint: 'write its values out',
      };
    if ((count += 1) > MOST)
      return { message: `aliases (*) stand for more than ${MOST} collections`, hint: 'write the values out' };
    around.add(inner);
    for (const child of Object.values(inner)) {
      const found = fault(child);
      if (found !== undefined) return found;
    }
    around.delete(inner);
    return undefined;
  };
  return fault(value);
}

/** `A: &text`: an anchor without a value. */
export function anchorFaults(text: string, events: readonly Event[]): Fault[] {
  const names = new Set(
    events.flatMap((event) =>
      event.type === EVENT_ID.ALIAS ? [text.slice(event.anchorStart, event.anchorEnd)] : [],
    ),
  );
  return events.flatMap((event) => {
    if (event.type !== EVENT_ID.SCALAR || event.valueStart >= 0 || event.anchorStart < 0) return [];
    const name = text.slice(event.anchorStart, event.anchorEnd);
    if (names.has(name)) return [];
    const offset = event.anchorStart - 1;
    return [{ offset, message: '& begins an anchor, and there is no value', hint: 'put the text in quotes' }];
  });
}

/** An alias in a document whose value is endless, or too large. */
export function aliasFaults(events: readonly Event[], value: unknown): Fault[] {
  const alias = events.find(({ type }) => type === EVENT_ID.ALIAS);
  const fault = alias && aliasFault(value);
  return fault === undefined ? [] : [{ offset: offsetOf(alias) - 1, ...fault }];
}
