import {
  CORE_SCHEMA,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE_PLAIN,
  type Event,
  type ScalarEvent,
} from 'js-yaml';
import { setOwn } from '../kubernetes/manifest.js';

/** Whether a text has no anchors, aliases and tags. A text that contains their characters elsewhere is not plain, either. */
export function isPlain(text: string): boolean {
  return !/[&*!]/.test(text);
}

/**
 * Builds the value of a document in a plain text, in a quarter of the time that `constructFromEvents` takes. `readKeys` has
 * found no fault in its keys. The last of duplicate keys counts.
 *
 * @param events of this document, without its start and end
 */
export function plainValue(text: string, events: readonly Event[]): unknown {
  return new PlainReader(text, events).value();
}

class PlainReader {
  private next = 0;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  value(): unknown {
    const event = this.events[this.next++] as Event;
    if (event.type === EVENT_ID.SCALAR) {
      const written = getScalarValue(this.text, event);
      return event.style === SCALAR_STYLE_PLAIN
        ? CORE_SCHEMA.resolveImplicitScalarTag(written).value
        : written;
    }
    return event.type === EVENT_ID.MAPPING ? this.map() : this.list();
  }

  private map(): Record<string, unknown> {
    const map = {};
    while (!this.isAtEnd()) {
      const key = this.events[this.next++] as ScalarEvent;
      const name = key.valueStart < 0 ? 'null' : getScalarValue(this.text, key); // an empty key is null
      setOwn(map, name, this.value());
    }
    this.next++;
    return map;
  }

  private list(): unknown[] {
    const list: unknown[] = [];
    while (!this.isAtEnd()) list.push(this.value());
    this.next++;
    return list;
  }

  private isAtEnd(): boolean {
    return this.events[this.next]?.type === EVENT_ID.POP;
  }
}
