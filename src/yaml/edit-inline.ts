import { lineStart } from './text-offsets.js';
import { inlineEntry, type YamlStyle } from './yaml-style.js';
import { insertion, type Edit, type YamlText } from './yaml-text.js';
import type { YamlCollection, YamlEntry } from './yaml-tree.js';

export type NewEntry = readonly [key: string, value: unknown];

/** Adds entries to a map in brackets. */
export function addInline(
  place: YamlText,
  documentStyle: YamlStyle,
  map: YamlCollection,
  added: readonly NewEntry[],
): Edit[] {
  const { text } = place;
  if (added.length === 0) return [];
  const isJson = map.entries.length > 0 && map.entries.every(({ key }) => key?.isDouble);
  const style = isJson ? { ...documentStyle, isJson } : documentStyle;
  const entries = added.map(([key, value]) => inlineEntry(key, value, style));
  const previous = map.entries.at(-1);
  if (previous === undefined) return [{ start: map.start, end: map.end, text: `{ ${entries.join(', ')} }` }];
  const { comma, end } = place.commaAfter(previous);
  const keyStart = previous.key?.start ?? end;
  const before = text.slice(lineStart(text, keyStart), keyStart);
  const isOnOwnLine = before.trim() === '';
  const separator = isOnOwnLine ? documentStyle.lineBreak + before : ' ';
  const inserted = separator + entries.join(`,${separator}`) + (comma === undefined ? '' : ',');
  const isClosedBelow = lineStart(text, map.end) > end;
  if (!isOnOwnLine || !isClosedBelow) return [insertion(end, (comma === undefined ? ',' : '') + inserted)];
  // The comment behind the previous entry stays on its line.
  return [insertion(end, comma === undefined ? ',' : ''), insertion(place.lineEnd(end), inserted)];
}

/** Removes entries from a map in brackets. @param left the entries that stay */
export function removeInline(
  place: YamlText,
  map: YamlCollection,
  left: readonly YamlEntry[],
  removed: readonly YamlEntry[],
): Edit[] {
  const { text } = place;
  const edits = removed.map((entry): Edit => {
    const { start = 0 } = entry.key ?? {};
    const { comma, end } = place.commaAfter(entry);
    const isLastOnLine = /^[ \t]*(?:#.*)?(?:[\r\n]|$)/.test(text.slice(end, place.lineEnd(end) + 1));
    if (place.isFirstOnLine(start) && isLastOnLine) return place.wholeLines(start, end);
    const spaces = comma === undefined ? 0 : (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0);
    return { start, end: end + spaces, text: '' };
  });
  const [previous, last] = [left.at(-1), map.entries.at(-1) as YamlEntry];
  if (previous === undefined || previous === last || place.commaAfter(last).comma !== undefined) return edits;
  // The last entry has no comma.
  const { comma = 0, end } = place.commaAfter(previous);
  const next = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  const spaces = removed.some(({ key }) => key?.start === end + next) ? next : 0;
  return [...edits, { start: comma, end: end + spaces, text: '' }];
}
