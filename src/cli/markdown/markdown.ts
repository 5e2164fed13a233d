import { printable } from '../../diagnostics/printable.js';

// Markdown as GitHub reads it. Texts of users are in code spans and fenced blocks only: there, HTML, links and
// @mentions are plain text.

/** Most characters of a text in a code span, and of a line in a block. A longer one would push out all others. */
const MOST_IN_SPAN = 300;
const MOST_IN_LINE = 1000;

/** A text as code within a line. */
export function codeSpan(text: string): string {
  const content = shortened(printable(text), MOST_IN_SPAN);
  const ticks = '`'.repeat(longestTicks(content) + 1);
  // One space at both ends is not part of the content.
  const pad = /^[` ]|[` ]$/.test(content) || content === '' ? ' ' : '';
  return `${ticks}${pad}${content}${pad}${ticks}`;
}

/** Lines as a fenced block of code. */
export function fenced(lines: readonly string[], language: string): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(lines.join('\n')) + 1));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

/** One line of a block: without control characters, and shortened. */
export function blockLine(text: string): string {
  return shortened(printable(text), MOST_IN_LINE);
}

/** A folded part. @param summary our plain text, without texts of users */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** Length of the longest run of backticks. */
export function longestTicks(text: string): number {
  let longest = 0;
  for (const [ticks] of text.matchAll(/`+/g)) longest = Math.max(longest, ticks.length);
  return longest;
}

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const beginning = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, ''); // half a character
  return `${beginning}… (${text.length - beginning.length} more characters)`;
}
