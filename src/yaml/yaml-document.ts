import { constructFromEvents, getScalarValue, parseEvents, SCALAR_STYLE, type Event } from 'js-yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { withoutByteOrderMarks } from './byte-order-marks.js';
import { Lines, type Position } from './lines.js';
import { memo } from '../memo.js';
import { aliasFaults, anchorFaults } from './yaml-aliases.js';
import { documentsIn } from './yaml-events.js';
import { readKeys, type RepeatedKey } from './yaml-keys.js';
import { YamlPlace, type Extent } from './yaml-place.js';
import { Places } from './yaml-position.js';
import { yamlTree, type YamlNode } from './yaml-tree.js';

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
    const documents = all.map((keys, i) =>
      yamlDocument(place, { value: values[i], ...keys, events: () => keys.events }),
    );
    return { documents: documents.filter(({ value }) => value !== null), problems: [] };
  } catch (error) {
    return unreadable(place.unreadable(error));
  }
}

function unreadable(...problems: Diagnostic[]): ParsedYaml {
  return { documents: [], problems };
}

/** The value of a document, and the events that it was built from. */
interface ReadDocument {
  readonly value: unknown;
  readonly events: () => readonly Event[];
  readonly repeated: readonly RepeatedKey[];
  readonly merged?: ReadonlySet<unknown>;
}

/** A document with the positions of its values. */
export function yamlDocument(
  place: YamlPlace,
  { value, events, repeated, merged = new Set() }: ReadDocument,
): YamlDocument {
  const { file, text } = place;
  const replaced = new Set(repeated.map(({ earlierOffset }) => earlierOffset));
  const ownEvents = memo(events);
  const places = memo(() => new Places({ text, events: ownEvents(), replaced }));
  return {
    file,
    value,
    merged,
    repeatedKeys: repeated.map((key) => place.repeatedKey(key)),
    positionOf: (path, inKey = false) => place.extentOf(places().spanOf(path, inKey)),
    tree: () => yamlTree(text, ownEvents()),
    plainAt: (path) => {
      const scalar = places().scalarAt(path);
      return scalar?.style === SCALAR_STYLE.PLAIN ? getScalarValue(text, scalar) : undefined;
    },
  };
}
