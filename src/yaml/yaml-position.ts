import { EVENT_ID, getScalarValue, type Event, type ScalarEvent } from 'js-yaml';

/** Where something stands in a text, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets in a text into lines and columns. */
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

/** Index of the last of some ascending numbers that is not above a limit. */
function lastNotAbove(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? Infinity) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What a document was read from. */
export interface DocumentEvents {
  readonly text: string;
  /** Those of this document. */
  readonly events: readonly Event[];
  /** Offsets of the keys whose values later ones replace. */
  readonly replaced: ReadonlySet<number>;
}

/** Offset of the value at a path, or of its key; of the nearest value around it if there is none. */
export function offsetIn(
  document: DocumentEvents,
  path: readonly (string | number)[],
  inKey: boolean,
): number {
  return new Cursor(document).find(path, inKey);
}

/** The scalar at a path, where it is written there: neither merged from elsewhere nor an alias. */
export function scalarIn(
  document: DocumentEvents,
  path: readonly (string | number)[],
): ScalarEvent | undefined {
  const event = new Cursor(document).eventAt(path);
  return event?.type === EVENT_ID.SCALAR ? event : undefined;
}

/** Walks the events of a document along a path. */
class Cursor {
  private next = 0;

  constructor(private readonly document: DocumentEvents) {}

  /** Offset of what stands at the path. */
  find(path: readonly (string | number)[], inKey: boolean): number {
    let start = offsetOf(this.event);
    for (const [depth, key] of path.entries()) {
      const keyStart = this.enter(key);
      if (keyStart === undefined) return start;
      start = inKey && depth === path.length - 1 ? keyStart : offsetOf(this.event, keyStart);
    }
    return start;
  }

  /** The event at the path. */
  eventAt(path: readonly (string | number)[]): Event | undefined {
    return path.every((key) => this.enter(key) !== undefined) ? this.event : undefined;
  }

  /** Moves from a collection to its item with a key; returns where the key (or item) starts, if there is one. */
  private enter(key: string | number): number | undefined {
    const collection = this.event;
    this.next++;
    if (collection?.type === EVENT_ID.MAPPING) {
      while (this.isInside()) {
        const { event } = this;
        const found = this.isKey(event, key);
        this.skip();
        if (found) return event.valueStart;
        this.skip();
      }
    } else if (collection?.type === EVENT_ID.SEQUENCE) {
      for (let i = 0; this.isInside(); i++) {
        if (i === key) return offsetOf(this.event);
        this.skip();
      }
    }
    return undefined;
  }

  private get event(): Event | undefined {
    return this.document.events[this.next];
  }

  private isInside(): boolean {
    return this.event !== undefined && this.event.type !== EVENT_ID.POP;
  }

  private isKey(event: Event | undefined, key: string | number): event is ScalarEvent {
    const { text, replaced } = this.document;
    return (
      event?.type === EVENT_ID.SCALAR &&
      getScalarValue(text, event) === key &&
      !replaced.has(event.valueStart)
    );
  }

  /** Moves past one value, with all that it holds. */
  private skip(): void {
    let depth = 0;
    do {
      const type = this.event?.type;
      this.next++;
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
      else if (type === EVENT_ID.POP) depth -= 1;
    } while (depth > 0);
  }
}

/** Where what an event begins stands in the text. @param otherwise for an empty value, which stands nowhere */
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
