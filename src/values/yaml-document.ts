import { constructFromEvents, EVENT_ID, parseEvents, YAMLException, type Event } from 'js-yaml';
import type { Problem } from '../problems/problem.js';
import { aliasFault } from './yaml-aliases.js';
import { keyThatIsNoText } from './yaml-keys.js';
import { Lines, offsetIn, offsetOf, type Position } from './yaml-position.js';

/** One document of a YAML file, which knows where each of its values was written. */
export interface YamlDocument {
  readonly value: unknown;
  /** Where the value at a path, or its key, starts; where the nearest value around it does if there is none. */
  positionOf(path: readonly (string | number)[], inKey?: boolean): Position;
}

/** More aliases than a values file could need; each may stand for as many again. */
const MAX_ALIASES = 100;

/** The documents in a text that are not empty, or the problem that makes it no YAML. */
export function parseYaml(file: string, text: string): YamlDocument[] | Problem {
  try {
    const events = parseEvents(text, {});
    const lines = new Lines(text);
    const values = constructFromEvents(events, { source: text, maxAliases: MAX_ALIASES });
    const all = documents(events);
    const fault = all.map((own, i) => faultIn(text, own, values[i])).find((found) => found !== undefined);
    if (fault !== undefined) return { file, ...lines.positionAt(fault.offset), message: fault.message };
    return all
      .map((own, i): YamlDocument => ({
        value: values[i],
        positionOf: (path, inKey = false) => lines.positionAt(offsetIn(text, own, path, inKey)),
      }))
      .filter(({ value }) => value !== null);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { mark, reason } = error;
    const place = mark === undefined ? {} : { line: mark.line + 1, column: mark.column + 1 };
    return { file, ...place, message: `not YAML: ${reason}` };
  }
}

/** What YAML allows, and no values file can mean. */
function faultIn(
  text: string,
  events: readonly Event[],
  value: unknown,
): { readonly offset: number; readonly message: string } | undefined {
  const key = keyThatIsNoText(text, events);
  if (key !== undefined)
    return { offset: key.offset, message: `the key ${key.written} is no text; put it in quotes` };
  const alias = events.find(({ type }) => type === EVENT_ID.ALIAS);
  const message = alias && aliasFault(value);
  return message === undefined ? undefined : { offset: offsetOf(alias) - 1, message };
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
