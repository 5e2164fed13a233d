import { EVENT_ID, getScalarValue, load, SCALAR_STYLE_PLAIN, type Event } from 'js-yaml';

/** What may be a number, a truth or nothing, where it stands without quotes. */
const MAYBE_NO_TEXT = /^([-+.0-9~]|true$|false$|null$)/i;

/**
 * The first key of a document that YAML reads as something else than text. JavaScript would make text of it, and not
 * always the one that was written: `1.0` becomes `1`, and `~` becomes `null`.
 *
 * @param events those of one document of the text
 */
export function keyThatIsNoText(
  text: string,
  events: readonly Event[],
): { readonly written: string; readonly offset: number } | undefined {
  /** What comes next in each collection that is open. */
  const next: ('key' | 'value' | 'item')[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) next.pop();
    const place = next.at(-1);
    if (place === 'key' && event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE_PLAIN) {
      const written = getScalarValue(text, event);
      if (MAYBE_NO_TEXT.test(written) && typeof load(written) !== 'string')
        return { written, offset: event.valueStart };
    }
    if (event.type === EVENT_ID.MAPPING) next.push('key');
    else if (event.type === EVENT_ID.SEQUENCE) next.push('item');
    else if (place === 'key' || place === 'value') next[next.length - 1] = place === 'key' ? 'value' : 'key';
  }
  return undefined;
}
