import { styleText } from 'node:util';

/** What a text on a terminal is to say by its colour. */
export type Meaning = 'good' | 'bad' | 'warning' | 'heading' | 'aside';

/** Colours a text, or does not, by where it will be read. */
export type Paint = (meaning: Meaning, text: string) => string;

const STYLES = { good: 'green', bad: 'red', warning: 'yellow', heading: 'bold', aside: 'dim' } as const;

/** Something that is written to, and may be a terminal. */
export interface Output {
  readonly isTTY?: boolean;
  /** Node's own judgement of NO_COLOR, FORCE_COLOR, NODE_DISABLE_COLORS and TERM. */
  hasColors?(): boolean;
}

/** Whether the output is a terminal that shows colours, and the user has not forbidden them. */
export function hasColours(output: Output): boolean {
  return output.isTTY === true && output.hasColors?.() === true;
}

/** Colours where the output has them. */
export function paintFor(output: Output): Paint {
  return hasColours(output)
    ? (meaning, text) => styleText(STYLES[meaning], text, { validateStream: false })
    : (_, text) => text;
}
