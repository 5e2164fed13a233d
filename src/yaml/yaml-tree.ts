import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type Event,
  type ScalarEvent,
  type SequenceEvent,
  type MappingEvent,
} from 'js-yaml';
import { afterBlanks, beforeLineBreak, lineStart } from './text-offsets.js';
import { isInside } from './yaml-events.js';

/** A value in the text of a document, with its place. */
export type YamlNode = YamlScalar | YamlCollection | YamlAlias;

interface Placed {
  /** Offset of the value without its anchor and tag; of an empty value, where it would be written. */
  readonly start: number;
  /** Offset after the value; of a block scalar, after its last line. */
  readonly end: number;
  /** Offset of the anchor or tag before the value; else `start`. */
  readonly outerStart: number;
  readonly anchor?: string;
  readonly hasTag: boolean;
}

export interface YamlScalar extends Placed {
  readonly kind: 'scalar';
  /** `empty`: nothing is written. */
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'empty';
  /** Whether the blank lines after a block scalar belong to it. */
  readonly keepsBlankLines: boolean;
}

export interface YamlAlias extends Placed {
  readonly kind: 'alias';
  readonly to: string;
}

/** A map or a list. An item of a list has no key. */
export interface YamlCollection extends Placed {
  readonly kind: 'map' | 'list';
  /** Whether it is in brackets. */
  readonly isFlow: boolean;
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key?: {
    readonly text: string;
    readonly start: number;
    readonly end: number;
    readonly isDouble: boolean;
  };
  /** Offset after the colon; undefined if there is none. */
  readonly afterColon?: number | undefined;
  readonly value: YamlNode;
}

/** A node and all nodes in it. */
export function nodesIn(node: YamlNode): YamlNode[] {
  const inner = node.kind === 'map' || node.kind === 'list' ? node.entries : [];
  return [node, ...inner.flatMap(({ value }) => nodesIn(value))];
}

/** Builds the tree of a document. @param events of this document, without its start and end */
export function yamlTree(text: string, events: readonly Event[]): YamlNode {
  return new TreeBuilder(text, events).node(0);
}

class TreeBuilder {
  private next = 0;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  /** @param empty where an empty value would be written */
  node(empty: number): YamlNode {
    const event = this.events[this.next++];
    if (event?.type === EVENT_ID.ALIAS) {
      const start = event.anchorStart - 1;
      const to = this.text.slice(event.anchorStart, event.anchorEnd);
      return { kind: 'alias', to, start, end: event.anchorEnd, outerStart: start, hasTag: false };
    }
    if (event?.type === EVENT_ID.SCALAR) return this.scalar(event, empty);
    if (event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE) return this.collection(event);
    throw new Error('no value');
  }

  private scalar(event: ScalarEvent, empty: number): YamlScalar {
    const shared = { kind: 'scalar', keepsBlankLines: false } as const;
    if (event.valueStart < 0) {
      const start = Math.max(empty, event.anchorEnd, event.tagEnd);
      return { ...shared, style: 'empty', ...this.properties(event, start), start, end: start };
    }
    const { valueStart, valueEnd } = event;
    switch (event.style) {
      case SCALAR_STYLE.SINGLE_QUOTED:
      case SCALAR_STYLE.DOUBLE_QUOTED: {
        const style = event.style === SCALAR_STYLE.SINGLE_QUOTED ? 'single' : 'double';
        const start = valueStart - 1;
        return { ...shared, style, ...this.properties(event, start), start, end: valueEnd + 1 };
      }
      case SCALAR_STYLE.PLAIN:
        return {
          ...shared,
          style: 'plain',
          ...this.properties(event, valueStart),
          start: valueStart,
          end: valueEnd,
        };
      default: {
        const start = this.headerOf(valueStart);
        const keepsBlankLines = event.chomping === CHOMPING_MODE.KEEP;
        return {
          ...shared,
          style: 'block',
          keepsBlankLines,
          ...this.properties(event, start),
          start,
          end: valueEnd,
        };
      }
    }
  }

  /** Offset of the `|` or `>` before the lines of a block scalar. */
  private headerOf(linesStart: number): number {
    const lineEnd = beforeLineBreak(this.text, linesStart);
    const start = lineStart(this.text, lineEnd);
    const header = /[|>][-+0-9]*(?:[ \t]+#.*|[ \t]*)$/.exec(this.text.slice(start, lineEnd));
    if (header === null) throw new Error('a block scalar without a header');
    return start + header.index;
  }

  private collection(event: MappingEvent | SequenceEvent): YamlCollection {
    const isMap = event.type === EVENT_ID.MAPPING;
    const entries: YamlEntry[] = [];
    const isFlow = event.style === COLLECTION_STYLE.FLOW;
    let end = event.start + (isFlow ? 1 : 0);
    while (isInside(this.events[this.next])) {
      const entry = isMap ? this.entry() : { value: this.node(end) };
      entries.push(entry);
      ({ end } = entry.value);
    }
    this.next++;
    if (isFlow) end = this.closing(end) + 1;
    const { start } = event;
    return { kind: isMap ? 'map' : 'list', isFlow, entries, ...this.properties(event, start), start, end };
  }

  private entry(): YamlEntry {
    const event = this.events[this.next];
    const key = this.node(0);
    const text = event?.type === EVENT_ID.SCALAR ? getScalarValue(this.text, event) : '';
    const isDouble = key.kind === 'scalar' && key.style === 'double';
    const colon = afterBlanks(this.text, key.end);
    const afterColon = this.text[colon] === ':' ? colon + 1 : undefined;
    const value = this.node(afterColon ?? key.end);
    return { key: { text, start: key.outerStart, end: key.end, isDouble }, afterColon, value };
  }

  /** Offset of the closing bracket, after the last value. */
  private closing(end: number): number {
    let offset = afterBlanks(this.text, end);
    while (/[,:?]/.test(this.text[offset] ?? '')) offset = afterBlanks(this.text, offset + 1);
    return offset;
  }

  private properties(event: ScalarEvent | MappingEvent | SequenceEvent, start: number) {
    const { anchorStart, anchorEnd, tagStart } = event;
    const starts = [
      start,
      ...(anchorStart < 0 ? [] : [anchorStart - 1]),
      ...(tagStart < 0 ? [] : [tagStart]),
    ];
    return {
      outerStart: Math.min(...starts),
      hasTag: tagStart >= 0,
      ...(anchorStart >= 0 && { anchor: this.text.slice(anchorStart, anchorEnd) }),
    };
  }
}
