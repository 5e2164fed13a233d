import { isDeepStrictEqual } from 'node:util';
import type { FieldPath } from '../diagnostics/field-path.js';
import { isMap, own } from '../kubernetes/manifest.js';
import { addInline, removeInline, type NewEntry } from './edit-inline.js';
import { SharedValues } from './shared-values.js';
import { beforeLineBreak, lineStart } from './text-offsets.js';
import { byHand, UneditableYaml } from './uneditable-yaml.js';
import {
  blockScalar,
  columnOf,
  entryLines,
  inlineYaml,
  scalarYaml,
  styleOf,
  valueLines,
  type YamlStyle,
} from './yaml-style.js';
import { insertion, YamlText, type Edit } from './yaml-text.js';
import { nodesIn, type YamlCollection, type YamlEntry, type YamlNode } from './yaml-tree.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The edits that change the value of a document: only the bytes of values that differ. Comments, order, quotes and
 * indentation stay.
 *
 * @param last a key of the document that stays behind new ones
 * @throws UneditableYaml
 */
export function yamlEdits(
  text: string,
  root: YamlNode,
  { before, after, last }: { readonly before: unknown; readonly after: unknown; readonly last?: string },
): Edit[] {
  return new Editor(text, root, last).change(root, before, after);
}

class Editor {
  private readonly style: YamlStyle;
  private readonly place: YamlText;
  private readonly shared: SharedValues;

  constructor(
    private readonly text: string,
    private readonly root: YamlNode,
    private readonly last: string | undefined,
  ) {
    this.style = styleOf(text, root);
    this.place = new YamlText(text);
    this.shared = new SharedValues(root);
  }

  change(node: YamlNode, before: unknown, after: unknown, path: FieldPath = [], entry?: YamlEntry): Edit[] {
    if (isDeepStrictEqual(before, after)) return [];
    this.shared.refuse(node, path);
    if (node.kind === 'map' && isMap(before) && isMap(after) && haveCommonKey(before, after))
      return this.changeMap(node, before, after, path);
    if (
      node.kind === 'list' &&
      Array.isArray(before) &&
      Array.isArray(after) &&
      before.length === after.length
    )
      return node.entries.flatMap((item, i) =>
        this.change(item.value, before[i], after[i], [...path, i], item),
      );
    if (node.kind === 'alias' && isMap(before) && isMap(after))
      throw new UneditableYaml(
        path,
        `*${node.to} is an alias of another value`,
        'write the values out, or change them there',
      );
    this.shared.refuseInside(node, path);
    return this.replace(node, after, path, entry);
  }

  private changeMap(map: YamlCollection, before: Fields, after: Fields, path: FieldPath): Edit[] {
    const left = map.entries.filter(({ key }) => Object.hasOwn(after, key?.text ?? ''));
    const removed = map.entries.filter((entry) => !left.includes(entry));
    const added = Object.entries(after).filter(([key]) => !Object.hasOwn(before, key));
    for (const { key, value } of removed) this.shared.refuseInside(value, [...path, key?.text ?? '']);
    if (map.isFlow && removed.length > 0 && added.length > 0) return this.replace(map, after, path);
    const changed = left.flatMap((entry) => {
      const key = entry.key?.text ?? '';
      return this.change(entry.value, own(before, key), own(after, key), [...path, key], entry);
    });
    if (map.isFlow)
      return [
        ...changed,
        ...removeInline(this.place, map, left, removed),
        ...addInline(this.place, this.style, map, added),
      ];
    return [...changed, ...this.removeLines(removed, path), ...this.addLines(map, left, added)];
  }

  /** Writes another value in the place of one. */
  private replace(node: YamlNode, after: unknown, path: FieldPath, entry?: YamlEntry): Edit[] {
    if ((node.kind === 'map' || node.kind === 'list') && !node.isFlow)
      return this.replaceLines(node, after, path, entry);
    const isInBrackets = this.isInBrackets(node);
    const inline = inlineYaml(after, this.style);
    if (node.kind === 'scalar' && node.style === 'empty') {
      if (entry?.key !== undefined && !isInBrackets && isMap(after) && inline !== '{}') {
        const column = columnOf(this.text, entry.key.start) + this.style.indent;
        return [
          insertion(
            this.place.lineEnd(node.end),
            this.style.lineBreak + valueLines(after, this.style, column),
          ),
        ];
      }
      const hasColon = entry?.key === undefined || entry.afterColon !== undefined;
      return [insertion(node.end, `${hasColon ? '' : ':'} ${inline}`)];
    }
    const start = node.hasTag ? node.outerStart : node.start;
    const end = this.place.contentEnd(node);
    if (typeof after === 'object' && after !== null) return [{ start, end, text: inline }];
    const like = node.kind === 'scalar' ? node.style : undefined;
    if (like !== 'block')
      return [{ start, end, text: scalarYaml(after, this.style, { like, isInBrackets }) }];
    const column = entry?.key === undefined ? 0 : columnOf(this.text, entry.key.start);
    const comment = /^[^ \t\r\n]*([ \t]+#[^\r\n]*)?/.exec(this.text.slice(node.start))?.[1] ?? '';
    return [
      { start, end, text: blockScalar(after, this.style, column).replace(/(?=[\r\n]|$)/, () => comment) },
    ];
  }

  /** Writes another value in the place of a map or list on lines of its own. */
  private replaceLines(node: YamlCollection, after: unknown, path: FieldPath, entry?: YamlEntry): Edit[] {
    const end = this.place.contentEnd(node);
    const column = columnOf(this.text, node.start);
    const isLike = node.kind === 'list' ? Array.isArray(after) : isMap(after);
    if (isLike && Object.keys(after as object).length > 0)
      return [{ start: node.start, end, text: valueLines(after, this.style, column).slice(column) }];
    if (entry?.afterColon === undefined) throw byHand(path);
    const linesStart = beforeLineBreak(this.text, lineStart(this.text, node.start));
    return [
      insertion(entry.afterColon, ` ${inlineYaml(after, this.style)}`),
      { start: linesStart, end, text: '' },
    ];
  }

  private addLines(map: YamlCollection, left: readonly YamlEntry[], added: readonly NewEntry[]): Edit[] {
    if (added.length === 0) return [];
    const column = columnOf(this.text, map.start);
    const lines = added
      .map(([key, value]) => entryLines(key, value, this.style, column))
      .join(this.style.lineBreak);
    const last = map === this.root ? left.findIndex(({ key }) => key?.text === this.last) : -1;
    const previous = left.at(last > 0 ? last - 1 : -1) as YamlEntry;
    const end = this.place.endOf(previous, 'with its blank lines');
    if (beforeLineBreak(this.text, end) < end) return [insertion(end, lines + this.style.lineBreak)];
    return [insertion(this.place.lineEnd(end), this.style.lineBreak + lines)];
  }

  private removeLines(removed: readonly YamlEntry[], path: FieldPath): Edit[] {
    return removed.map((entry) => {
      const { start = 0, text = '' } = entry.key ?? {};
      if (!this.place.isFirstOnLine(start)) throw byHand([...path, text]);
      return this.place.wholeLines(start, this.place.endOf(entry));
    });
  }

  private isInBrackets(node: YamlNode): boolean {
    return nodesIn(this.root).some(
      (around) =>
        around.kind !== 'scalar' &&
        around.kind !== 'alias' &&
        around.isFlow &&
        around.start < node.start &&
        node.end < around.end,
    );
  }
}

function haveCommonKey(one: Fields, other: Fields): boolean {
  return Object.keys(one).length === 0 || Object.keys(one).some((key) => Object.hasOwn(other, key));
}
