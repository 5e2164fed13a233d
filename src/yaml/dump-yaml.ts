import { DEFAULT_SCALAR_STYLE_RULES, dump, SCALAR_STYLE, strTag, type ScalarLayout } from 'js-yaml';
import { memoByText } from '../memo.js';

/**
 * Serialises a value as YAML. All readers read each text as text: YAML 1.2, and YAML 1.1 in Go, Python and Ruby.
 *
 * Maps, lists and simple scalars are written here, all others by js-yaml. js-yaml alone would write the same bytes, but takes
 * several times as long: a quarter of the time of `synth`.
 */
export function dumpYaml(value: unknown): string {
  const lines = block(value, '\n');
  if (lines === '') return dump(value, OF_JS_YAML);
  return lines.endsWith('\n') ? `${lines}\n...\n` : `${lines}\n`; // `...` ends a text whose last lines are empty
}

type Block = readonly unknown[] | Readonly<Record<string, unknown>>;

/**
 * The lines of a map or list; empty for a value that takes no lines of its own.
 * @param line a line break with the indentation of the block
 */
function block(value: unknown, line: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const deeper = `${line}  `;
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) text += (text && line) + itemOf(item, line, deeper);
  } else if (isPlain(value)) {
    for (const key in value) {
      const inner = value[key];
      if (inner !== undefined) text += (text && line) + entryOf(key, inner, line, deeper);
    }
  }
  return text;
}

function itemOf(item: unknown, line: string, deeper: string): string {
  const text = block(item, deeper) || simple(item);
  return text === undefined ? byJsYaml([item], line) : `- ${text}`;
}

function entryOf(key: string, value: unknown, line: string, deeper: string): string {
  const name = simple(key);
  if (name === undefined) return byJsYaml({ [key]: value }, line);
  const lines = block(value, deeper);
  if (lines !== '') return `${name}:${deeper}${lines}`;
  const text = simple(value);
  return text === undefined ? byJsYaml({ [key]: value }, line) : `${name}: ${text}`;
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Printable ASCII on one line, without `'`, `#`, and a colon at the end of a word. */
const SIMPLE = /^[!"$-&(-9;-~]+(?:[ :][!"$-&(-9;-~]+)*$/;

/** A key has at most 1,024 characters (YAML 1.2, 7.4.2); js-yaml writes longer ones in another form. */
const MAX_SIMPLE = 1024;

/** Returns the YAML of an empty map or list, or of a scalar that needs no escapes; undefined for other values. */
function simple(value: unknown): string | undefined {
  if (typeof value === 'string') return simpleText(value);
  if (typeof value === 'boolean' || (Number.isSafeInteger(value) && value !== 0)) return String(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : undefined;
  return isPlain(value) && Object.keys(value).length === 0 ? '{}' : undefined;
}

const simpleText = memoByText((text: string): string | undefined => {
  if (text.length > MAX_SIMPLE || !SIMPLE.test(text)) return undefined;
  return isSafe(text) ? text : `'${text}'`;
});

function byJsYaml(value: Block, line: string): string {
  const text = dump(value, OF_JS_YAML).replace(/\n(?:\.\.\.\n)?$/, '');
  return text.replaceAll(/\n(?=[^\n])/g, line);
}

/** Serialises a value as YAML on one line: `{ cpu: 500m }`. */
export function dumpInline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return dumpYaml(value).trimEnd();
  const pairs = Object.entries(value).map(([key, item]) => `${inFlow(key)}: ${inFlow(item)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** A text on several lines, or without quotes and with a character that ends it in a list or map on one line. */
const ENDS_IN_FLOW = /\n|^[^'"].*[,[\]{}]/;

function inFlow(value: unknown): string {
  const text = dumpInline(value);
  return typeof value === 'string' && ENDS_IN_FLOW.test(text) ? JSON.stringify(value) : text;
}

/**
 * Whether no reader reads a text as a number, a boolean, a date or null: texts that start with a letter or `/`, except
 * {@link WORD}; options (`--name`); quantities and durations (`128Mi`, `15s`, `25%`). js-yaml itself handles punctuation.
 */
function isSafe(text: string): boolean {
  return SAFE.test(text) && !WORD.test(text);
}

const SAFE = /^(?:[A-Za-z/]|--[A-Za-z]|[1-9][0-9]*(?:%|ms|[smhdwyk]|[KMGTPE]i?)$)/;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?[0-9_]+)$/i; // The package yaml reads e5 as a number.

/** Line breaks of YAML 1.1 that are not line breaks in YAML 1.2. */
const OTHER_LINE_BREAK = /[\u0085\u2028\u2029]/;

/** The options of js-yaml for the same output. */
export const OF_JS_YAML = {
  lineWidth: -1,
  noRefs: true,
  scalarStyleRules: [...Object.values(DEFAULT_SCALAR_STYLE_RULES), quoteUnlessSafe],
};

function quoteUnlessSafe(layout: ScalarLayout): void {
  const { tag, value } = layout.node;
  if (tag !== strTag.tagName) return;
  if (layout.style === SCALAR_STYLE.PLAIN && !isSafe(value))
    layout.style = isAllowed(layout, SCALAR_STYLE.SINGLE_QUOTED)
      ? SCALAR_STYLE.SINGLE_QUOTED
      : SCALAR_STYLE.DOUBLE_QUOTED;
  if (layout.style === SCALAR_STYLE.LITERAL_BLOCK && OTHER_LINE_BREAK.test(value))
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}

function isAllowed({ allowedStylesMask }: ScalarLayout, style: number): boolean {
  return (allowedStylesMask & (1 << style)) !== 0;
}
