import { constructFromEvents, EVENT_ID, parseEvents, YAMLException, type Event } from 'js-yaml';
import { formatPath, type Problem } from '../problems/problem.js';
import { aliasFault } from './yaml-aliases.js';
import { readKeys, type Fault, type RepeatedKey } from './yaml-keys.js';
import { Lines, offsetIn, offsetOf, type Position } from './yaml-position.js';

/** One document of a YAML file, which knows where each of its values was written. */
export interface YamlDocument {
  readonly value: unknown;
  /** What is wrong with keys given twice; of their values the last one holds here. */
  readonly repeatedKeys: readonly Problem[];
  /** Where the value at a path, or its key, starts; where the nearest value around it does if there is none. */
  positionOf(path: readonly (string | number)[], inKey?: boolean): Position;
}

/** The documents in a text that are not empty; or the problems for which it cannot be read, and no document. */
export interface ParsedYaml {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly Problem[];
}

/** More aliases than a values file could need; each may stand for as many again. */
const MAX_ALIASES = 100;

export function parseYaml(file: string, text: string): ParsedYaml {
  try {
    const lines = new Lines(text);
    const placed = ({ offset, message }: Fault): Problem => ({ file, ...lines.positionAt(offset), message });
    const events = parseEvents(text, {});
    const all = documents(events).map((own) => ({ events: own, keys: readKeys(text, own) }));
    const repeated = all.map(({ keys }) => keys.repeated.map((key) => repeatedKey(file, lines, key)));
    const faults = all.flatMap(({ keys }) => keys.faults);
    if (faults.length > 0) return unreadable(...faults.map(placed), ...repeated.flat());
    const json = repeated.some(({ length }) => length > 0); // takes the last of the values of a key
    const values = constructFromEvents(events, { source: text, maxAliases: MAX_ALIASES, json });
    const endless = all.flatMap((own, i) => aliasFaults(own.events, values[i]));
    if (endless.length > 0) return unreadable(...endless.map(placed), ...repeated.flat());
    const read = all.map(({ events, keys: { replaced } }, i): YamlDocument => {
      const positionOf: YamlDocument['positionOf'] = (path, inKey = false) =>
        lines.positionAt(offsetIn({ text, events, replaced }, path, inKey));
      return { value: values[i], repeatedKeys: repeated[i] ?? [], positionOf };
    });
    return { documents: read.filter(({ value }) => value !== null), problems: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { mark, reason } = error;
    const place = mark === undefined ? {} : { line: mark.line + 1, column: mark.column + 1 };
    return unreadable({ file, ...place, message: `not YAML: ${reason}` });
  }
}

function unreadable(...problems: Problem[]): ParsedYaml {
  return { documents: [], problems };
}

function repeatedKey(file: string, lines: Lines, { path, offset, earlierOffset }: RepeatedKey): Problem {
  const earlier = lines.positionAt(earlierOffset).line;
  const message = `given in line ${earlier} too; remove one of the two`;
  return { file, line: lines.positionAt(offset).line, field: formatPath(path), message };
}

function aliasFaults(events: readonly Event[], value: unknown): Fault[] {
  const alias = events.find(({ type }) => type === EVENT_ID.ALIAS);
  const message = alias && aliasFault(value);
  return message === undefined ? [] : [{ offset: offsetOf(alias) - 1, message }];
}

/** The events of each document, without those that open and close it. */
function documents(events: readonly Event[]): Event[][] {
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
