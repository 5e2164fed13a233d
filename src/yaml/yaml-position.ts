import { COLLECTION_STYLE, EVENT_ID, getScalarValue, type Event, type ScalarEvent } from 'js-yaml';
import { afterValue, isInside, isQuoted, offsetOf, startOf } from './yaml-events.js';

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
