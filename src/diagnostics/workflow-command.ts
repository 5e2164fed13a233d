import { type Diagnostic, formatMessage } from './diagnostic.js';
import { printable } from './printable.js';

/** GitHub's commands, by severity. */
const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/**
 * A diagnostic as a workflow command, which GitHub shows as an annotation of a pull request:
 * `::error file=values/shop.yaml,line=7,title=workers::expected a whole number from 1 to 100, got 0`
 *
 * @param inRepository turns the path of a file into a path from the root of the repository
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function workflowCommand(
  diagnostic: Diagnostic,
  inRepository: (file: string) => string = (file) => file,
): string {
  const { severity, file, line, column, endColumn, object, field } = diagnostic;
  const properties = {
    file: file === undefined ? undefined : inRepository(file),
    line,
    col: column,
    endColumn,
    title: [object, field].filter(Boolean).join(': ') || undefined,
  };
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  const list = given.map(([name, value]) => `${name}=${escapedProperty(String(value))}`).join(',');
  return `::${COMMANDS[severity]}${list && ` ${list}`}::${escaped(formatMessage(diagnostic))}`;
}

/** Like escapeData of @actions/core: the runner reads one line and decodes these characters. */
function escaped(text: string): string {
  const lines = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return printable(lines); // the log is also read on a terminal
}

/** Like escapeProperty of @actions/core: a colon ends the properties, a comma ends a property. */
function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
