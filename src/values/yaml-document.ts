import { constructFromEvents, EVENT_ID, parseEvents, YAMLException, type Event } from 'js-yaml';
import type { Problem } from '../problems/problem.js';
import { Lines, offsetIn, type Position } from './yaml-position.js';

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
    return documents(events)
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
