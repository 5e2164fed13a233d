import { count } from '../../diagnostics/count.js';
import { fenced, folded, longestTicks } from './markdown.js';

/** Most characters of a comment on GitHub. */
export const MOST_CHARACTERS = 65_536;

/** Room for the sentence about the parts that were cut. */
const NOTE_CHARACTERS = 300;

/** Folded lines, as code in a language that GitHub colours. */
interface Block {
  readonly summary: string;
  readonly language: 'diff' | 'text';
  readonly lines: readonly string[];
}

/** A part of a comment: text that is always shown, and lines that are folded. */
export interface Section {
  readonly text: string;
  readonly block?: Block;
}

/**
 * A comment that fits on GitHub. If it is too long, the longest blocks lose their last lines first; if the texts alone
 * are too long, the last sections are left out. The end counts the parts that were cut.
 *
 * @param complete how to see everything
 */
export function comment(title: string, sections: readonly Section[], complete: string): string {
  const room = MOST_CHARACTERS - title.length - NOTE_CHARACTERS;
  const shown = sections.slice(
    0,
    fitting(
      sections.map(({ text }) => text.length + GAP),
      room,
    ),
  );
  const texts = shown.reduce((sum, { text }) => sum + text.length + GAP, 0);
  const rooms = shares(
    shown.map(({ block }) => (block === undefined ? 0 : rendered(block).length + GAP)),
    room - texts,
  );
  const cut = { sections: sections.length - shown.length, lines: 0 };
  const parts = shown.flatMap(({ text, block }, i) => {
    if (block === undefined) return [text];
    const within = cutTo(block, rooms[i] ?? 0);
    cut.lines += block.lines.length - within.shown;
    return within.text === '' ? [text] : [text, within.text];
  });
  for (const { block } of sections.slice(shown.length)) cut.lines += block?.lines.length ?? 0;
  return `${[title, ...parts, ...note(cut, complete)].join(BREAK)}\n`;
}

const BREAK = '\n\n';
const GAP = BREAK.length;

function note(cut: { sections: number; lines: number }, complete: string): string[] {
  if (cut.sections + cut.lines === 0) return [];
  const what = [
    ...(cut.sections > 0 ? [count(cut.sections, 'file')] : []),
    ...(cut.lines > 0 ? [count(cut.lines, 'line')] : []),
  ].join(' and ');
  return [`_Cut: ${what}, as a comment has at most ${MOST_CHARACTERS} characters. ${complete}_`];
}

/** Number of leading lengths whose sum is at most `room`. */
function fitting(lengths: readonly number[], room: number): number {
  let sum = 0;
  const over = lengths.findIndex((length) => (sum += length) > room);
  return over < 0 ? lengths.length : over;
}

/** Shares room among blocks: short ones get all they need, the others get equal parts of the rest. */
function shares(lengths: readonly number[], room: number): number[] {
  const given = lengths.map(() => 0);
  const shortestFirst = [...lengths.keys()].toSorted((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
  let rest = room;
  for (const [done, i] of shortestFirst.entries()) {
    const share = Math.min(lengths[i] ?? 0, Math.floor(rest / (lengths.length - done)));
    given[i] = share;
    rest -= share;
  }
  return given;
}

function rendered({ summary, language, lines }: Block): string {
  return folded(summary, fenced(lines, language));
}

/** The block with as many lines as fit; empty if none does. */
function cutTo(block: Block, room: number): { text: string; shown: number } {
  const { lines } = block;
  const whole = rendered(block);
  if (whole.length + GAP <= room) return { text: whole, shown: lines.length };
  // Fences and the line about the cut lines take some room too.
  const frame = rendered({ ...block, lines: [] }).length + 2 * longestTicks(whole) + MORE_CHARACTERS + GAP;
  const shown = fitting(
    lines.map((line) => line.length + 1),
    room - frame,
  );
  if (shown === 0) return { text: '', shown: 0 };
  const more = `# … ${count(lines.length - shown, 'more line')}`;
  return { text: rendered({ ...block, lines: [...lines.slice(0, shown), more] }), shown };
}

const MORE_CHARACTERS = 40;
