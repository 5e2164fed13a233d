import { parseEvents, YAMLException, type Event } from 'js-yaml';
import { type Diagnostic, errorAt, type Message } from '../diagnostics/diagnostic.js';
import { goDocument } from './go-values.js';
import { Lines, type Position } from './lines.js';
import { parseJson, splitManifests } from './manifest-stream.js';
import { yamlDocument, type ParsedYaml, type YamlDocument } from './yaml-document.js';
import { documentsIn, offsetOf } from './yaml-events.js';
import { YamlPlace } from './yaml-place.js';

/**
 * Parses the YAML or JSON documents of a text as kubectl does, without empty ones. Documents are independent: an error in
 * one does not affect the others.
 */
export function parseAsKubectl(file: string, text: string): ParsedYaml {
  const lines = new Lines(text);
  const parts = splitManifests(text).map(({ start, text, fault }) => {
    const origin = lines.positionAt(start);
    if (fault === undefined) return parseDocument(file, text, { origin, unread: AFTER_THE_END });
    return { documents: [], problems: [errorAt({ file, line: origin.line - 1 }, fault.message, fault.hint)] };
  });
  return {
    documents: parts.flatMap(({ documents }) => documents),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

/** Parses a Helm values file as Helm does: one document. */
export function parseAsHelm(file: string, text: string): ParsedYaml {
  return parseDocument(file, text, {
    unread: { message: 'Helm reads only the first document', hint: 'remove this one' },
  });
}

const AFTER_THE_END: Message = {
  message: 'kubectl reads nothing after "..."',
  hint: 'start a document with "---"',
};

interface OneDocument {
  /** Position of the text in the file. */
  readonly origin?: Position;
  /** The error for further documents. */
  readonly unread: Message;
}

function parseDocument(file: string, source: string, { origin, unread }: OneDocument): ParsedYaml {
  try {
    const { text, events } = parseEventsAsGo(source);
    const place = new YamlPlace(file, text, origin);
    const [first = [], ...others] = documentsIn(events);
    const { faults, ...read } = goDocument(text, first);
    const ignored = others.flatMap(([event]) =>
      event === undefined ? [] : [{ offset: offsetOf(event), ...unread }],
    );
    const problems = [...faults, ...ignored].map((fault) => place.problem(fault));
    // To keep the events of all documents would take much memory: only a document with something to say is parsed again.
    return parsed(yamlDocument(place, { ...read, events: () => eventsOf(source) }), problems);
  } catch (error) {
    const place = new YamlPlace(file, source, origin);
    const json = parseJson(source); // JSON may contain control characters, YAML may not.
    return json === undefined
      ? { documents: [], problems: [place.unreadable(error)] }
      : parsed(yamlDocument(place, { value: json, events: () => [], repeated: [] }), []);
  }
}

function eventsOf(source: string): readonly Event[] {
  return documentsIn(parseEventsAsGo(source).events)[0] ?? [];
}

function parsed(document: YamlDocument, problems: readonly Diagnostic[]): ParsedYaml {
  return { documents: problems.length > 0 || document.value === null ? [] : [document], problems };
}

/** Maximum depth of nested collections. */
const MAX_DEPTH = 1000;

/** Maximum number of characters to parse again after changing the indentation of lines. */
const MOST_REPARSED = 10_000_000;

/**
 * Parses a text, and indents lines where js-yaml requires it and Go does not: inside brackets and quotes, such as a `]`
 * below the key of its list.
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
