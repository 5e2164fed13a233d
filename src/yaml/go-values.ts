import {
  COLLECTION_STYLE,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type AliasEvent,
  type Event,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import { inspect, inspectName } from '../diagnostics/expected.js';
import { isMap, setOwn } from '../kubernetes/manifest.js';
import { goTaggedScalar, resolveGoScalar } from './go-scalar.js';
import type { Fault, RepeatedKey } from './yaml-keys.js';
import { isInside, offsetOf } from './yaml-events.js';

/** A document as kubectl, Helm, Argo CD and Flux read it. */
export interface GoDocument {
  readonly value: unknown;
  /** Errors that make these programs refuse the document. */
  readonly faults: readonly Fault[];
  /** Duplicate keys, of which the last counts. */
  readonly repeated: readonly RepeatedKey[];
  /** The maps that merge keys copy into others. */
  readonly merged: ReadonlySet<unknown>;
}

/**
 * Builds the value of a document as sigs.k8s.io/yaml does: {@link resolveGoScalar} resolves scalars, keys become text,
 * merge keys are followed, the last of duplicate keys counts, and unknown tags are ignored.
 *
 * @param events of one document of the text
 */
export function goDocument(text: string, events: readonly Event[]): GoDocument {
  return new GoReader(text, events).read();
}

/** Maximum number of values that the aliases of a document expand to. go-yaml has a similar limit. */
const MOST_ALIASED = 400_000;
const TOO_MANY_ALIASED = `aliases (*) stand for more than ${MOST_ALIASED} values`;

type CollectionEvent = SequenceEvent | MappingEvent;
type OpenMap = Record<string, unknown>;

interface Anchor {
  readonly value: unknown;
  /** Number of values in it. */
  readonly size: number;
}

class GoReader {
  private readonly faults: Fault[] = [];
  private readonly repeated: RepeatedKey[] = [];
  private readonly merged = new Set<unknown>();
  /** Undefined while the anchored value is being read. */
  private readonly anchors = new Map<string, Anchor | undefined>();
  private readonly path: (string | number)[] = [];
  private next = 0;
  private size = 0;
  private aliased = 0;
  /** Number of collections in brackets around the current event. */
  private flowDepth = 0;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  read(): GoDocument {
    const value = this.events.length === 0 ? null : this.node();
    return { value, faults: this.faults, repeated: this.repeated, merged: this.merged };
  }

  private node(): unknown {
    const event = this.events[this.next++];
    this.size += 1;
    if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return null;
    if (event.type === EVENT_ID.ALIAS) return this.alias(event);
    if (event.anchorStart < 0) return this.content(event);
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const before = this.size;
    this.anchors.set(name, undefined);
    const value = this.content(event);
    this.anchors.set(name, { value, size: this.size - before + 1 });
    return value;
  }

  private content(event: ScalarEvent | CollectionEvent): unknown {
    if (event.type === EVENT_ID.SCALAR) return this.scalar(event);
    const levels = event.style === COLLECTION_STYLE.FLOW ? 1 : 0;
    this.flowDepth += levels;
    const value = event.type === EVENT_ID.SEQUENCE ? this.list() : this.map();
    this.flowDepth -= levels;
    return value;
  }

  private alias(event: AliasEvent): unknown {
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const anchor = this.anchors.get(name);
    if (anchor === undefined) {
      const alias = `the alias *${inspectName(name)}`;
      return this.anchors.has(name)
        ? this.fault(event, `${alias} is inside the value that it stands for`, 'write its values out')
        : this.fault(event, `${alias} has no anchor of this name before it in this document`);
    }
    const wasTooMuch = this.aliased > MOST_ALIASED;
    this.size += anchor.size;
    this.aliased += anchor.size;
    if (this.aliased <= MOST_ALIASED) return anchor.value;
    return wasTooMuch ? null : this.fault(event, TOO_MANY_ALIASED, 'write the values out');
  }

  private scalar(event: ScalarEvent): unknown {
    const source = getScalarValue(this.text, event);
    const tag = event.tagStart < 0 ? '' : this.text.slice(event.tagStart, event.tagEnd);
    const isPlain = event.style === SCALAR_STYLE.PLAIN;
    if (isPlain && this.flowDepth > 0 && NOT_IN_FLOW.test(source))
      return this.fault(
        event,
        `${inspect(source)} within brackets is no text to kubectl`,
        'put it in quotes',
      );
    const value = tag === '' ? (isPlain ? resolveGoScalar(source) : source) : goTaggedScalar(tag, source);
    if (value === undefined)
      return this.fault(event, `${inspectName(source)} is no ${inspectName(tag)}`, 'remove the tag');
    if (typeof value === 'number' && !Number.isFinite(value))
      return this.fault(
        event,
        `${inspectName(source)} is a number that JSON does not have`,
        'put it in quotes',
      );
    return value;
  }

  private list(): unknown[] {
    const items: unknown[] = [];
    for (let i = 0; isInside(this.events[this.next]); i++) {
      this.path.push(i);
      items.push(this.node());
      this.path.pop();
    }
    this.next++;
    return items;
  }

  private map(): OpenMap {
    const map: OpenMap = {};
    const seen = new Map<string, number>();
    while (isInside(this.events[this.next])) {
      const keyEvent = this.events[this.next] as Event;
      if (this.isMergeKey(keyEvent)) {
        this.next++;
        this.merge(map, this.events[this.next]);
        continue;
      }
      const key = this.key();
      this.path.push(key ?? '');
      const offset = offsetOf(keyEvent);
      const earlierOffset = key === undefined ? undefined : seen.get(key);
      if (earlierOffset !== undefined) this.repeated.push({ path: [...this.path], offset, earlierOffset });
      const value = this.node();
      this.path.pop();
      if (key === undefined) continue;
      seen.set(key, offset);
      setOwn(map, key, value);
    }
    this.next++;
    return map;
  }

  /** The key as text; undefined if it cannot be a key. */
  private key(): string | undefined {
    const event = this.events[this.next] as Event;
    const key = this.node();
    if (key !== null && typeof key !== 'object') return String(key);
    const written = key === null ? 'null' : Array.isArray(key) ? 'a list' : 'a map';
    this.fault(event, `${written} as a key`, 'a key must be text, put it in quotes');
    return undefined;
  }

  private isMergeKey(event: Event): boolean {
    if (event.type !== EVENT_ID.SCALAR || !this.text.startsWith('<<', event.valueStart)) return false;
    if (event.valueEnd !== event.valueStart + 2) return false;
    const tag = event.tagStart < 0 ? '' : this.text.slice(event.tagStart, event.tagEnd);
    return tag === '' ? event.style === SCALAR_STYLE.PLAIN : MERGE_TAG.test(tag);
  }

  /** Merges over earlier keys; of several maps in a list, the first counts. */
  private merge(map: OpenMap, event: Event | undefined): void {
    const value = this.node();
    const sources = Array.isArray(value) ? value.toReversed() : [value];
    if (!sources.every(isMap)) {
      this.fault(event, '"<<" merges a map, or a list of maps', 'give it an alias of one');
      return;
    }
    for (const source of sources) {
      this.merged.add(source);
      for (const [key, inner] of Object.entries(source)) setOwn(map, key, inner);
    }
  }

  private fault(event: Event | undefined, message: string, hint?: string): null {
    this.faults.push({ offset: offsetOf(event), message, ...(hint !== undefined && { hint }) });
    return null;
  }
}

/** In brackets, Go's scanner ends a text without quotes at `?`, and refuses one that starts with `:`. */
const NOT_IN_FLOW = /\?|^:/;

const MERGE_TAG = /^(?:!!merge|!<tag:yaml\.org,2002:merge>)$/;
