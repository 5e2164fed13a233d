import { dump } from 'js-yaml';
import { dumpYaml, OF_JS_YAML } from './dump-yaml.js';
import type { YamlNode, YamlScalar } from './yaml-tree.js';
import { lineStart } from './text-offsets.js';

/** The style of a document: new values are written in it. */
export interface YamlStyle {
  /** `\n` or `\r\n` */
  readonly lineBreak: string;
  /** Columns of one level. */
  readonly indent: number;
  /** Whether the items of a list start in the column of its key. */
  readonly isListOutdented: boolean;
  /** Whether it is JSON: maps in brackets, with keys in double quotes. */
  readonly isJson: boolean;
}

/** The style of a document; the usual style where the document does not show it. */
export function styleOf(text: string, root: YamlNode): YamlStyle {
  const { step, isListOutdented } = indentation(text, root) ?? {};
  return {
    lineBreak: /\r\n|[\r\n]/.exec(text)?.[0] ?? '\n',
    indent: step ?? 2,
    isListOutdented: isListOutdented ?? false,
    isJson: root.kind === 'map' && root.isFlow && root.entries.every(({ key }) => key?.isDouble ?? false),
  };
}

interface Indentation {
  readonly step?: number | undefined;
  readonly isListOutdented?: boolean | undefined;
}

/** The indentation of the first map in a map, and of the first list in a map. */
function indentation(text: string, node: YamlNode): Indentation {
  if (node.kind !== 'map' || node.isFlow) return {};
  const column = columnOf(text, node.start);
  return node.entries.reduce<Indentation>((found, { value }) => {
    if ((value.kind !== 'map' && value.kind !== 'list') || value.isFlow) return found;
    const inner = indentation(text, value);
    const own = columnOf(text, value.start) - column;
    return {
      step: found.step ?? (own > 0 ? own : inner.step),
      isListOutdented: found.isListOutdented ?? (value.kind === 'list' ? own === 0 : inner.isListOutdented),
    };
  }, {});
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** A value on one line, as it is written in brackets. @param like the scalar that it replaces */
export function inlineYaml(value: unknown, style: YamlStyle, like?: YamlScalar['style']): string {
  if (Array.isArray(value)) return `[${value.map((item) => inlineYaml(item, style)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => inlineEntry(key, inner, style));
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return scalarYaml(value, style, { like, isInBrackets: true });
}

export function inlineEntry(key: string, value: unknown, style: YamlStyle): string {
  return `${scalarYaml(key, style, { isInBrackets: true })}: ${inlineYaml(value, style)}`;
}

interface ScalarPlace {
  /** The style of the scalar that it replaces. */
  readonly like?: YamlScalar['style'] | undefined;
  readonly isInBrackets: boolean;
}

/** A scalar on one line, in the quotes of the scalar that it replaces. A text that needs quotes has them. */
export function scalarYaml(value: unknown, style: YamlStyle, { like, isInBrackets }: ScalarPlace): string {
  if (typeof value !== 'string') return dumpYaml(value).trimEnd();
  if (style.isJson || like === 'double' || NEEDS_ESCAPES.test(value)) return JSON.stringify(value);
  if (like === 'single') return inSingleQuotes(value);
  const plain = dumpYaml(value).trimEnd();
  return isInBrackets && NOT_IN_BRACKETS.test(plain) ? inSingleQuotes(value) : plain;
}

/** Line breaks and control characters. */
const NEEDS_ESCAPES = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Plain texts that end within brackets, or that readers of YAML 1.1 do not read there. */
const NOT_IN_BRACKETS = /^[^'"].*[,[\]{}?]|^[^'"].*:$/;

function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An entry of a map on lines of its own, without the last line break. @param column of the key */
export function entryLines(key: string, value: unknown, style: YamlStyle, column: number): string {
  return linesOf({ [key]: value }, style, column);
}

/** A scalar that replaces a block scalar: on lines of its own if it has several. @param column of its key */
export function blockScalar(value: unknown, style: YamlStyle, column: number): string {
  return entryLines('k', value, style, column).slice(column + 'k: '.length);
}

/** A list or map on lines of its own, without the last line break. @param column of its keys, or of its dashes */
export function valueLines(value: unknown, style: YamlStyle, column: number): string {
  return linesOf(value, style, column);
}

function linesOf(value: unknown, style: YamlStyle, column: number): string {
  const { lineBreak, indent, isListOutdented: seqNoIndent } = style;
  const yaml = dump(value, { ...OF_JS_YAML, indent, seqNoIndent });
  const lines = yaml.replace(/\n(?:\.\.\.\n)?$/, '').split('\n');
  return lines.map((line) => (line === '' ? line : ' '.repeat(column) + line)).join(lineBreak);
}
