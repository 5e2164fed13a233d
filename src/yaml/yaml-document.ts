import {
  constructFromEvents,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
  type Event,
} from 'js-yaml';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { missingQuotes } from './missing-quotes.js';
import { withEdits, type Edit } from './yaml-text.js';
import { aliasFaults, anchorFaults } from './yaml-aliases.js';
import { readKeys, type Fault, type RepeatedKey } from './yaml-keys.js';
import { syntaxHint } from './syntax-hints.js';
import { yamlTree, type YamlNode } from './yaml-tree.js';
import { Lines, Places, type Extent, type Position, type Span } from './yaml-position.js';

/** One document of a YAML file, with the position of each value. */
export interface YamlDocument {
  /** The file, as the user named it. */
  readonly file: string;
  readonly value: unknown;
  /** Duplicate keys; `value` contains the last value of each. */
  readonly repeatedKeys: readonly Diagnostic[];
  /** The maps that merge keys copy into others. */
  readonly merged: ReadonlySet<unknown>;
  /** Start of the value at a path, or of its key; if there is none, the start of the nearest value around it. */
  positionOf(path: readonly (string | number)[], inKey?: boolean): Extent;
  /** The values in the text of {@link withoutByteOrderMarks}. */
  tree(): YamlNode;
  /** The scalar at a path as written, if it has no quotes. */
  plainAt(path: readonly (string | number)[]): string | undefined;
}

/** The documents in a text that are not empty; or no document, and the problems that prevent reading it. */
export interface ParsedYaml {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly Diagnostic[];
}

/** Maximum number of aliases: more than a values file needs. Each may expand to as many again. */
const MAX_ALIASES = 100;

/** Parses YAML 1.2, the format of values files. */
export function parseYaml(file: string, source: string): ParsedYaml {
  return parse(file, withoutByteOrderMarks(source));
}

/** The line before a document. No scalar contains it (YAML 1.2, 9.1.2). */
const DOCUMENT_START = /^---(?=\s|$)/gm;

/** A line about the documents after it. */
const DIRECTIVE = /^%/m;

/** Parses each document by itself: those that can be read, and the problems of the others. */
export function parseEachDocument(file: string, source: string): ParsedYaml {
  const text = withoutByteOrderMarks(source);
  if (DIRECTIVE.test(text)) return parse(file, text);
  const lines = new Lines(text);
  const starts = [0, ...Array.from(text.matchAll(DOCUMENT_START), ({ index }) => index)];
  const parts = starts.map((start, i) =>
    parse(file, text.slice(start, starts[i + 1]), lines.positionAt(start)),
  );
  return {
    documents: parts.flatMap(({ documents }) => documents),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

function parse(file: string, text: string, origin?: Position): ParsedYaml {
  const place = new YamlPlace(file, text, origin);
  try {
    const events = parseEvents(text, {});
    const all = documentsIn(events).map((own) => ({ events: own, ...readKeys(text, own) }));
    const repeated = all.map((keys) => keys.repeated.map((key) => place.repeatedKey(key)));
    const faults = all.flatMap((keys) => [
      ...keys.faults,
      ...(text.includes('&') ? anchorFaults(text, keys.events) : []),
    ]);
    if (faults.length > 0)
      return unreadable(...faults.map((fault) => place.problem(fault)), ...repeated.flat());
    const json = repeated.some(({ length }) => length > 0); // the last of duplicate keys counts
    const values = constructFromEvents(events, { source: text, maxAliases: MAX_ALIASES, json });
    const endless = all.flatMap((own, i) => aliasFaults(own.events, values[i]));
    if (endless.length > 0)
      return unreadable(...endless.map((fault) => place.problem(fault)), ...repeated.flat());
    const documents = all.map((keys, i) => place.document({ ...keys, value: values[i] }));
    return { documents: documents.filter(({ value }) => value !== null), problems: [] };
  } catch (error) {
    return unreadable(place.unreadable(error));
  }
}

/** A byte order mark at the start of a document is not part of a value (YAML 1.2, 5.2). */
const BYTE_ORDER_MARK = /(?<=^---(?:[ \t].*)?\r?\n)\uFEFF/gm;

/** The text that is parsed. */
export function withoutByteOrderMarks(source: string): string {
  return source.includes('\uFEFF') ? source.replaceAll(BYTE_ORDER_MARK, '') : source;
}

/** Changes the text that is parsed, and keeps the byte order marks in the source. */
export function editSource(source: string, edits: readonly Edit[]): string {
  const removed = Array.from(source.matchAll(BYTE_ORDER_MARK), ({ index }, i) => index - i);
  const inSource = (offset: number) => offset + removed.filter((mark) => mark <= offset).length;
  return withEdits(
    source,
    edits.map(({ start, end, text }) => ({ start: inSource(start), end: inSource(end), text })),
  );
}

/** The value of a document, and the events that it was built from. */
interface ReadDocument {
  readonly value: unknown;
  readonly events: readonly Event[];
  readonly repeated: readonly RepeatedKey[];
  readonly merged?: ReadonlySet<unknown>;
}

/** Converts offsets in a file, or in a part of it, to positions and diagnostics. */
export class YamlPlace {
  private readonly lines: Lines;

  /** @param origin position of the text in the file */
  constructor(
    private readonly file: string,
    private readonly text: string,
    private readonly origin: Position = { line: 1, column: 1 },
  ) {
    this.lines = new Lines(text);
  }

  problem({ offset, message, hint }: Fault): Diagnostic {
    return errorAt({ file: this.file, ...this.positionAt(offset) }, message, hint);
  }

  /** The diagnostic for a text that cannot be parsed. */
  unreadable(error: unknown): Diagnostic {
    if (!(error instanceof YAMLException)) throw error;
    const { mark, reason } = error;
    const quotes = mark && missingQuotes(this.text, mark.position, reason);
    const position = quotes?.offset ?? mark?.position;
    return errorAt(
      { file: this.file, ...(position !== undefined && this.positionAt(position)) },
      `not YAML: ${quotes?.message ?? reason}`,
      quotes?.hint ?? (mark && syntaxHint(this.text, mark.position, reason)),
    );
  }

  repeatedKey({ path, offset, earlierOffset }: RepeatedKey): Diagnostic {
    const earlier = this.positionAt(earlierOffset).line;
    return errorAt(
      { file: this.file, ...this.positionAt(offset), field: formatPath(path) },
      `given in line ${earlier} too`,
      'remove one of the two',
    );
  }

  document({ value, events, repeated, merged = new Set() }: ReadDocument): YamlDocument {
    const replaced = new Set(repeated.map(({ earlierOffset }) => earlierOffset));
    const places = new Places({ text: this.text, events, replaced });
    return {
      file: this.file,
      value,
      merged,
      repeatedKeys: repeated.map((key) => this.repeatedKey(key)),
      positionOf: (path, inKey = false) => this.extentOf(places.spanOf(path, inKey)),
      tree: () => yamlTree(this.text, events),
      plainAt: (path) => {
        const scalar = places.scalarAt(path);
        return scalar?.style === SCALAR_STYLE.PLAIN ? getScalarValue(this.text, scalar) : undefined;
      },
    };
  }

  private extentOf({ start, end }: Span): Extent {
    const position = this.positionAt(start);
    return end === undefined ? position : { ...position, endColumn: position.column + end - start };
  }

  private positionAt(offset: number): Position {
    const { line, column } = this.lines.positionAt(offset);
    return {
      line: this.origin.line + line - 1,
      column: line === 1 ? this.origin.column + column - 1 : column,
    };
  }
}

export function unreadable(...problems: Diagnostic[]): ParsedYaml {
  return { documents: [], problems };
}

/** The events of each document, without its start and end events. */
export function documentsIn(events: readonly Event[]): Event[][] {
  const result: Event[][] = [];
  let depth = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.POP) depth -= 1;
    if (event.type === EVENT_ID.DOCUMENT) result.push([]);
    else if (depth > 0) result.at(-1)?.push(event);
    if (
      event.type === EVENT_ID.DOCUMENT ||
      event.type === EVENT_ID.MAPPING ||
      event.type === EVENT_ID.SEQUENCE
    )
      depth += 1;
  }
  return result;
}
