import {
  boolCoreTag,
  EVENT_ID,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE_PLAIN,
  type Event,
} from 'js-yaml';
import { inspect } from '../diagnostics/expected.js';
import { memoByText } from '../memo.js';
import { offsetOf } from './yaml-events.js';
import { NOTHING_FILLS } from './syntax-hints.js';

/** An error in YAML that is valid, but meaningless in a values file. */
export interface Fault {
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
}

/** A key that occurs earlier in the same map. */
export interface RepeatedKey {
  readonly path: readonly (string | number)[];
  readonly offset: number;
  readonly earlierOffset: number;
}

/** Errors in the keys of a document. */
export interface KeysOfDocument {
  readonly faults: Fault[];
  readonly repeated: RepeatedKey[];
}

/** A collection around the current event. */
interface Open {
  /** The next event in it; `nothing` inside a key, which is ignored. */
  next: 'key' | 'value' | 'item' | 'nothing';
  /** The last key, or the index of the next item. */
  key: string | number;
  /** The keys so far, each with the offset of its last occurrence. */
  readonly seen: Map<string, number>;
}

const NONE = new Map<string, number>();
const IGNORED: Open = { next: 'nothing', key: '', seen: NONE };

/** A placeholder of a template that was not rendered. YAML reads it as two maps. */
const PLACEHOLDER = /\{\{.*?\}\}/y;

/**
 * Checks the keys of a document before its values are built: JavaScript converts other keys to text, and may change them
 * (`1.0` becomes `1`, `~` becomes `null`).
 *
 * @param events of one document of the text
 */
export function readKeys(text: string, events: readonly Event[]): KeysOfDocument {
  return new KeyReader(text, events).read();
}

class KeyReader {
  private readonly found: KeysOfDocument = { faults: [], repeated: [] };
  /** From the outside in. */
  private readonly open: Open[] = [];

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  read(): KeysOfDocument {
    for (const event of this.events) this.take(event);
    return this.found;
  }

  private take(event: Event): void {
    if (event.type === EVENT_ID.POP) {
      this.open.pop();
      this.moveOn();
      return;
    }
    const around = this.open.at(-1);
    const fault = around?.next === 'key' ? this.takeKey(around, event) : undefined;
    if (fault !== undefined) this.found.faults.push(fault);
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE)
      this.open.push(around?.next === 'key' || around?.next === 'nothing' ? IGNORED : opened(event));
    else this.moveOn();
  }

  /** Moves to the next event, after the end of a value or a key. */
  private moveOn(): void {
    const around = this.open.at(-1);
    if (around === undefined) return;
    if (around.next === 'key') around.next = 'value';
    else if (around.next === 'value') around.next = 'key';
    else if (around.next === 'item') around.key = Number(around.key) + 1;
  }

  private takeKey(around: Open, event: Event): Fault | undefined {
    if (event.type !== EVENT_ID.SCALAR) return noScalar(this.text, event);
    const key = getScalarValue(this.text, event);
    if (event.style === SCALAR_STYLE_PLAIN && !isText(key))
      return { offset: event.valueStart, message: `the key ${key} is not text`, hint: 'put it in quotes' };
    around.key = key;
    const offset = offsetOf(event);
    const earlierOffset = around.seen.get(key);
    if (earlierOffset !== undefined)
      this.found.repeated.push({ path: this.open.map(({ key }) => key), offset, earlierOffset });
    around.seen.set(key, offset);
    return undefined;
  }
}

const NO_TEXT = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];

/** Whether YAML 1.2 reads a scalar without quotes as text. The schema checks empty ones. */
const isText = memoByText(
  (key) =>
    key === '' || NO_TEXT.every(({ resolve, tagName }) => resolve(key, false, tagName) === NOT_RESOLVED),
);

function opened({ type }: Event): Open {
  return type === EVENT_ID.MAPPING
    ? { next: 'key', key: '', seen: new Map() }
    : { next: 'item', key: 0, seen: NONE };
}

/** A placeholder in a template of a Helm chart. Others may be text of an alert or of another program. */
const OF_HELM = /[{( .](?:Values|Release|Chart)\.|\b(?:include|toYaml)\b/;

function noScalar(text: string, event: Event): Fault {
  const offset = offsetOf(event);
  if (event.type === EVENT_ID.ALIAS)
    return { offset: offset - 1, message: 'an alias (*) as a key', hint: 'write the key out' };
  // The key may be the outer or the inner map.
  const start = text[offset - 1] === '{' ? offset - 1 : offset;
  PLACEHOLDER.lastIndex = start;
  const [placeholder] = PLACEHOLDER.exec(text) ?? [];
  if (placeholder === undefined) {
    const message = `a ${event.type === EVENT_ID.MAPPING ? 'map' : 'list'} as a key`;
    return { offset, message, hint: 'a key must be text' };
  }
  const hint = OF_HELM.test(placeholder) ? NOTHING_FILLS : `put the text in quotes: ${inspect(placeholder)}`;
  return { offset: start, message: 'a map as a key', hint };
}
