import {
  COLLECTION_STYLE,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type Event,
  type ScalarEvent,
} from 'js-yaml';

/** A position in a text; line and column start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The position of a value or key. */
export interface Extent extends Position {
  /** Column after its last character; undefined if it ends on another line. */
  readonly endColumn?: number;
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
  /** Index of the event of its key; of its own in a list. */
  readonly key: number;
}

/** Offsets of a value or key in the text. */
export interface Span {
  readonly start: number;
  /** Offset after its last character; undefined if it ends on another line. */
  readonly end?: number | undefined;
}

type Children = ReadonlyMap<string | number, Place>;

/** Finds the places of values. Each collection is read only once. */
export class Places {
  private readonly children = new Map<number, Children>();

  constructor(private readonly document: DocumentEvents) {}

  /** The value at a path, or its key; if there is none, the start of the nearest value around it. */
  spanOf(path: readonly (string | number)[], inKey: boolean): Span {
    let place: Place = { event: 0, key: 0 };
    for (const [depth, key] of path.entries()) {
      const child = this.childrenOf(place.event).get(key);
      if (child === undefined) return { start: this.startOf(place) };
      if (inKey && depth === path.length - 1) return this.spanAt({ event: child.key, key: child.key });
      place = child;
    }
    return this.spanAt(place);
  }

  private spanAt(place: Place): Span {
    const { text, events } = this.document;
    const start = this.startOf(place);
    const hasOffset = offsetOf(events[place.event], -1) >= 0;
    return { start, end: endOnLine(text, events, hasOffset ? place.event : place.key, start) };
  }

  /** Offset of a value; of its key if the value is empty. */
  private startOf({ event, key }: Place): number {
    const { events } = this.document;
    return startOf(events[event], startOf(events[key]));
  }

  /** The scalar written at a path; undefined if it is merged from elsewhere, or an alias. */
  scalarAt(path: readonly (string | number)[]): ScalarEvent | undefined {
    let place: Place | undefined = { event: 0, key: 0 };
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
      const key = next;
      if (!isMap) children.set(i, { event: next, key });
      next = afterValue(events, next);
      if (!isMap) continue;
      if (event?.type === EVENT_ID.SCALAR && !replaced.has(event.valueStart))
        children.set(getScalarValue(text, event), { event: next, key });
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

/** Like `offsetOf`; a text in quotes starts at its first quote. */
function startOf(event: Event | undefined, otherwise = 0): number {
  return event?.type === EVENT_ID.SCALAR && event.valueStart >= 0 && isQuoted(event)
    ? event.valueStart - 1
    : offsetOf(event, otherwise);
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

/** Closes a map or list in brackets; before it on the same line, only spaces and commas. */
const CLOSING = /[ \t,]*[\]}]/y;

/** Offset after a value, if it ends on the line of its start. */
function endOnLine(text: string, events: readonly Event[], first: number, start: number): number | undefined {
  let end = start;
  let depth = 0;
  for (let i = first; i < events.length; i++) {
    const event = events[i] as Event;
    const before = end;
    if (event.type === EVENT_ID.SCALAR) {
      if (event.valueStart >= 0) end = event.valueEnd + (isQuoted(event) ? 1 : 0);
    } else if (event.type === EVENT_ID.ALIAS) {
      end = event.anchorEnd;
    } else if (event.type === EVENT_ID.POP) {
      CLOSING.lastIndex = end;
      if (!CLOSING.test(text)) return undefined;
      end = CLOSING.lastIndex;
      depth -= 1;
    } else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      if (event.style !== COLLECTION_STYLE.FLOW) return undefined;
      end = event.start + 1;
      depth += 1;
    }
    if (/[\r\n]/.test(text.slice(before, end))) return undefined;
    if (depth === 0) return end;
  }
  return undefined;
}
