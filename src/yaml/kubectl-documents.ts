import { parseEvents, YAMLException, type Event } from 'js-yaml';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { goDocument } from './go-values.js';
import { parseJson, splitManifests } from './manifest-stream.js';
import { documentsIn, YamlPlace, type ParsedYaml, type YamlDocument } from './yaml-document.js';
import { Lines, offsetOf, type Position } from './yaml-position.js';

/**
 * Parses the YAML or JSON documents of a text as kubectl does, without those that are empty. Documents are independent:
 * what is wrong with one keeps no other from being read.
 */
export function parseAsKubectl(file: string, text: string): ParsedYaml {
  const lines = new Lines(text);
  const parts = splitManifests(text).map(({ start, text, fault }) => {
    const origin = lines.positionAt(start);
    if (fault === undefined) return parseDocument(file, text, { origin, unread: AFTER_THE_END });
    return { documents: [], problems: [errorAt({ file, line: origin.line - 1 }, fault)] };
  });
  return {
    documents: parts.flatMap(({ documents }) => documents),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

/** Parses a Helm values file as Helm does: one document. */
export function parseAsHelm(file: string, text: string): ParsedYaml {
  return parseDocument(file, text, { unread: 'Helm reads the first document alone; remove this one' });
}

const AFTER_THE_END = 'kubectl reads nothing after "..."; start a document with "---"';

interface OneDocument {
  /** Where the text starts in the file. */
  readonly origin?: Position;
  /** The refusal of further documents. */
  readonly unread: string;
}

function parseDocument(file: string, source: string, { origin, unread }: OneDocument): ParsedYaml {
  try {
    const { text, events } = parseEventsAsGo(source);
    const place = new YamlPlace(file, text, origin);
    const [first = [], ...others] = documentsIn(events);
    const { faults, ...read } = goDocument(text, first);
    const ignored = others.flatMap(([event]) =>
      event === undefined ? [] : [{ offset: offsetOf(event), message: unread }],
    );
    const problems = [...faults, ...ignored].map((fault) => place.problem(fault));
    return parsed(place.document({ ...read, events: first }), problems);
  } catch (error) {
    const place = new YamlPlace(file, source, origin);
    const json = parseJson(source); // It may contain what YAML does not have: control characters.
    return json === undefined
      ? { documents: [], problems: [place.unreadable(error)] }
      : parsed(place.document({ value: json, events: [], repeated: [] }), []);
  }
}

function parsed(document: YamlDocument, problems: readonly Diagnostic[]): ParsedYaml {
  return { documents: problems.length > 0 || document.value === null ? [] : [document], problems };
}

/** Most collections in one another. */
const MAX_DEPTH = 1000;

/** Most characters to parse anew for the lines of a document that are indented. */
const MOST_REPARSED = 10_000_000;

/**
 * The events of a text in which lines may be indented further. Inside brackets and quotes indentation means nothing, and
 * Go does not ask for any, as in a `]` below the key of its list; js-yaml does.
 */
function parseEventsAsGo(source: string): { readonly text: string; readonly events: Event[] } {
  let text = source;
  for (let reparsed = 0; ; reparsed += text.length) {
    try {
      return { text, events: parseEvents(text, { maxDepth: MAX_DEPTH }) };
    } catch (error) {
      if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation') throw error;
      if (error.mark === undefined || reparsed > MOST_REPARSED) throw error;
      const start = error.mark.position - error.mark.column;
      text = `${text.slice(0, start)}${INDENTATION}${text.slice(start)}`;
    }
  }
}

const INDENTATION = ' '.repeat(100);
