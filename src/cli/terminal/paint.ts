import { inspect } from 'node:util';

/** The meaning of a colour. */
export type Meaning = 'good' | 'bad' | 'warning' | 'heading' | 'aside';

/** Colours a text if the output shows colours. */
export type Paint = (meaning: Meaning, text: string) => string;

const STYLES = { good: 'green', bad: 'red', warning: 'yellow', heading: 'bold', aside: 'dim' } as const;

/** A stream to write to, perhaps a terminal. */
export interface Output {
  readonly isTTY?: boolean;
  /** Node's check of NO_COLOR, FORCE_COLOR, NODE_DISABLE_COLORS and TERM. */
  hasColors?(): boolean;
}

/** Whether the output is a terminal with colours, and the user did not disable them. */
function hasColours(output: Output): boolean {
  return output.isTTY === true && output.hasColors?.() === true;
}

const ESCAPE = '\u001B';

/** Placeholder for the escape character of our own styles until they are printed. It is random: no user's text has it. */
const OWN_ESCAPE = `<${Math.random()}>`;

/** Paints with placeholders if the output shows colours; `styled` replaces them by escape characters. */
export function paintFor(output: Output): Paint {
  if (!hasColours(output)) return (_, text) => text;
  return (meaning, text) => {
    const [on, off] = inspect.colors[STYLES[meaning]] ?? [];
    return `${OWN_ESCAPE}[${on}m${text}${OWN_ESCAPE}[${off}m`;
  };
}

/** Makes the styles of `paintFor` visible. */
export function styled(text: string): string {
  return text.replaceAll(OWN_ESCAPE, ESCAPE);
}

/** Lays out painted texts as they look on the terminal, and paints the lines again. */
export function shownIn(
  rows: readonly (readonly string[])[],
  layOut: (shown: string[][]) => readonly string[],
): string[] {
  const lines = layOut(rows.map((row) => row.map(styled)));
  return lines.map((line) => line.replaceAll(ESCAPE, OWN_ESCAPE));
}
