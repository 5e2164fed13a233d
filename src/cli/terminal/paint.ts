import { randomUUID } from 'node:crypto';
import { inspect, stripVTControlCharacters } from 'node:util';

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

const ESCAPE = '\u001B';

/** Stands for the escape character of our own styles until they are printed. Nobody can have it in a text of theirs. */
const OWN_ESCAPE = `<${randomUUID()}>`;

/** Styles where the output has them; `styled` makes them visible. */
export function paintFor(output: Output): Paint {
  if (!hasColours(output)) return (_, text) => text;
  return (meaning, text) => {
    const [on, off] = inspect.colors[STYLES[meaning]] ?? [];
    return `${OWN_ESCAPE}[${on}m${text}${OWN_ESCAPE}[${off}m`;
  };
}

/** A text with the styles of `paintFor`. */
export function styled(text: string): string {
  return text.replaceAll(OWN_ESCAPE, ESCAPE);
}

/** A text without the styles of `paintFor`. */
export function unstyled(text: string): string {
  return stripVTControlCharacters(styled(text));
}
