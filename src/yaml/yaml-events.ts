import { EVENT_ID, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml';

/** The events of each document, without its start and end events. */
export function documentsIn(events: readonly Event[]): Event[][] {
  const result: Event[][] = [];
  for (let next = 0; next < events.length;) {
    const start = next;
    next = afterValue(events, start);
    result.push(events.slice(start + 1, next - 1));
  }
  return result;
}

/** Whether an event is in the collection around it, and does not end it. */
export function isInside(event: Event | undefined): boolean {
  return event !== undefined && event.type !== EVENT_ID.POP;
}

/** Index of the event after a value and its contents. */
export function afterValue(events: readonly Event[], start: number): number {
  let next = start;
  let depth = 0;
  do {
    const type = events[next]?.type;
    next++;
    if (type === EVENT_ID.DOCUMENT || type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    else if (type === EVENT_ID.POP) depth -= 1;
  } while (depth > 0);
  return next;
}

/** Offset of an event's value in the text. @param otherwise for an empty value, which has no offset */
export function offsetOf(event: Event | undefined, otherwise = 0): number {
  if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT)
    return otherwise;
  const start =
    event.type === EVENT_ID.SCALAR
      ? event.valueStart
      : event.type === EVENT_ID.ALIAS
        ? event.anchorStart
        : event.start;
  return start < 0 ? otherwise : start;
}

/** Like `offsetOf`; a text in quotes starts at its first quote. */
export function startOf(event: Event | undefined, otherwise = 0): number {
  return event?.type === EVENT_ID.SCALAR && event.valueStart >= 0 && isQuoted(event)
    ? event.valueStart - 1
    : offsetOf(event, otherwise);
}

/** Whether a scalar has quotes, which its offsets do not contain. */
export function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}
