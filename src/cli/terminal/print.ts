import { columnsOf, folded } from './fold.js';
import { styled } from './paint.js';
import { standardError, standardOutput, type StandardStream } from './standard-streams.js';
import { hidePasswords } from '../../diagnostics/secrets.js';
import { printableJson, printableLines } from '../../diagnostics/printable.js';

// All output of the commands goes through here: values, paths and messages of other programs may contain control
// characters of the terminal, and URLs with passwords. No line is wider than the terminal; lines for other programs are not folded.

/** Prints the result of a command on standard output. */
export function printResult(text: string): void {
  printLines(standardOutput(), text);
}

/** Prints problems, notes and progress on standard error. */
export function printMessage(text: string): void {
  printLines(standardError(), text);
}

function printLines(stream: StandardStream, text: string): void {
  stream.write(`${folded(styled(printableLines(hidePasswords(text))), columnsOf(stream))}\n`);
}

/** Prints a value as JSON on standard output. */
export function printJson(value: unknown): void {
  standardOutput().write(`${printableJson(value)}\n`);
}

/** Prints the content of a file on standard output: unchanged, unless it is a terminal. */
export function printContent(text: string): void {
  const output = standardOutput();
  output.write(output.isTTY === true ? styled(printableLines(text)) : text);
}
