import { EVENT_ID, getScalarValue, type Event, type ScalarEvent } from 'js-yaml';

/** A position in a text; line and column start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Converts offsets in a text to lines and columns. */
export class Lines {
  private starts: readonly number[] | undefined;

  constructor(private readonly text: string) {}

  positionAt(offset: number): Position {
    this.starts ??= [
      0,
      ...Array.from(this.text.matchAll(/\r\n|[\r\n]/g), (end) => end.index + end[0].length),
    ];
    const line = lastNotAbove(this.starts, offset);
    return { line: line + 1, column: offset - (this.starts[line] ?? 0) + 1 };
  }
}

/** Index of the last number that is not above a limit, in ascending numbers. */
function lastNotAbove(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? Infinity) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The source of a document. */
export interface DocumentEvents {
  readonly text: string;
  /** Events of this document. */
  readonly events: readonly Event[];
  /** Offsets of the keys whose values later ones replace. */
  readonly replaced: ReadonlySet<number>;
}

/** A value in a collection, or the whole document. */
interface Place {
  /** Index of its first event. */
  readonly event: number;
  /** Offset of its key, or of the item itself in a list. */
  readonly keyStart: number;
}

type Children = ReadonlyMap<string | number, Place>;

/** Finds the places of values. Each collection is read only once. */
export class Places {
  private readonly children = new Map<number, Children>();

  constructor(private readonly document: DocumentEvents) {}

  /** Offset of the value at a path, or of its key; if there is none, of the nearest value around it. */
  offsetIn(path: readonly (string | number)[], inKey: boolean): number {
    const { events } = this.document;
    let place: Place = { event: 0, keyStart: 0 };
    for (const [depth, key] of path.entries()) {
      const child = this.childrenOf(place.event).get(key);
      if (child === undefined) break;
      if (inKey && depth === path.length - 1) return child.keyStart;
      place = child;
    }
    return offsetOf(events[place.event], place.keyStart);
  }

  /** The scalar written at a path; undefined if it is merged from elsewhere, or an alias. */
  scalarAt(path: readonly (string | number)[]): ScalarEvent | undefined {
    let place: Place | undefined = { event: 0, keyStart: 0 };
    for (const key of path) place = place && this.childrenOf(place.event).get(key);
    const event = place && this.document.events[place.event];
    return event?.type === EVENT_ID.SCALAR ? event : undefined;
  }

  private childrenOf(collection: number): Children {
    const known = this.children.get(collection) ?? this.readChildren(collection);
    this.children.set(collection, known);
    return known;
  }

  private readChildren(collection: number): Children {
    const { events, text, replaced } = this.document;
    const children = new Map<string | number, Place>();
    const isMap = events[collection]?.type === EVENT_ID.MAPPING;
    if (!isMap && events[collection]?.type !== EVENT_ID.SEQUENCE) return children;
    let next = collection + 1;
    for (let i = 0; isInside(events[next]); i++) {
      const event = events[next];
      if (!isMap) children.set(i, { event: next, keyStart: offsetOf(event) });
      next = afterValue(events, next);
      if (!isMap) continue;
      if (event?.type === EVENT_ID.SCALAR && !replaced.has(event.valueStart))
        children.set(getScalarValue(text, event), { event: next, keyStart: event.valueStart });
      next = afterValue(events, next);
    }
    return children;
  }
}

function isInside(event: Event | undefined): boolean {
  return event !== undefined && event.type !== EVENT_ID.POP;
}

/** Index of the event after a value and its contents. */
function afterValue(events: readonly Event[], start: number): number {
  let next = start;
  let depth = 0;
  do {
    const type = events[next]?.type;
    next++;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
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
