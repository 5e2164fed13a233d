import path from 'node:path';
import { type Diagnostic, formatDiagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { hidePasswords } from '../diagnostics/secrets.js';
import { workflowCommand } from '../diagnostics/workflow-command.js';
import { count } from '../diagnostics/count.js';
import { Excerpts } from './excerpts.js';
import type { Format } from './options.js';
import type { Excerpt } from './terminal/excerpt.js';
import { paintFor, type Paint } from './terminal/paint.js';
import { printJson, printMessage, printResult } from './terminal/print.js';
import { standardError } from './terminal/standard-streams.js';

/**
 * Prints the problems that stopped a command.
 * @param outcome such as `nothing was written`
 * @param printAnnotation for GitHub; `printMessage` where standard output has other content
 */
export function printFailure(
  format: Format,
  problems: readonly Diagnostic[],
  outcome: string,
  printAnnotation = printResult,
): void {
  if (format === 'json') printDocument(problems);
  else printDiagnostics(format, problems, printAnnotation);
  printMessage(`${count(problems.length, 'problem')}; ${outcome}`);
}

/** Prints the JSON document of a command: its diagnostics and its result. */
export function printDocument(diagnostics: readonly Diagnostic[], result: object = {}): void {
  printJson({ diagnostics: diagnostics.map(withoutPasswords), ...result });
}

function withoutPasswords(diagnostic: Diagnostic): Diagnostic {
  const { message, field, hint } = diagnostic;
  return {
    ...diagnostic,
    message: hidePasswords(message),
    ...(field !== undefined && { field: hidePasswords(field) }),
    ...(hint !== undefined && { hint: hidePasswords(hint) }),
  };
}

/**
 * Prints diagnostics, one a line: on standard error, or for GitHub on standard output. Below an error is the line of the
 * file that it is about.
 */
export function printDiagnostics(
  format: Exclude<Format, 'json'>,
  diagnostics: readonly Diagnostic[],
  printAnnotation = printResult,
): void {
  if (diagnostics.length === 0) return;
  const paint = paintFor(standardError());
  if (format === 'github') printAnnotations(diagnostics, printAnnotation);
  else {
    const excerpts = new Excerpts(standardError());
    for (const diagnostic of diagnostics) {
      printMessage(diagnosticLine(diagnostic, paint));
      const excerpt = excerpts.of(diagnostic);
      if (excerpt !== undefined) printMessage(excerptLines(diagnostic, excerpt, paint));
    }
  }
}

/** As compilers print it: the place, the line of the file, and marks below the part that is wrong. */
function excerptLines({ file = '', line, column }: Diagnostic, excerpt: Excerpt, paint: Paint): string {
  const { gutter, text, marks } = excerpt;
  return [
    paint('aside', `  --> ${printable(file)}:${line}:${column}`),
    paint('aside', gutter[0]) + text,
    paint('aside', gutter[1]) + paint('bad', marks),
  ].join('\n');
}

/** Prints diagnostics as annotations. The runner reads both streams. */
export function printAnnotations(diagnostics: readonly Diagnostic[], print = printResult): void {
  for (const diagnostic of diagnostics) print(workflowCommand(diagnostic, inRepository));
}

const MEANINGS = { error: 'bad', warning: 'warning', note: 'aside' } as const;

/** Formats a diagnostic on one line; a warning or note starts with its severity. */
export function diagnosticLine(diagnostic: Diagnostic, paint: Paint): string {
  const { severity } = diagnostic;
  const line = formatDiagnostic(diagnostic);
  return paint(MEANINGS[severity], severity === 'error' ? line : `${severity}: ${line}`);
}

/** Path relative to the root of the repository, if GitHub's environment variables name the root. */
function inRepository(file: string): string {
  const { GITHUB_WORKSPACE: root } = process.env;
  if (!root) return file;
  const relative = path.relative(root, path.resolve(file));
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
