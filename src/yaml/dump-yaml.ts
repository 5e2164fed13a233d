import { DEFAULT_SCALAR_STYLE_RULES, dump, SCALAR_STYLE, strTag, type ScalarLayout } from 'js-yaml';

/**
 * Serialises a value as YAML. All readers read each text as text: YAML 1.2, and YAML 1.1 in Go, Python and Ruby.
 *
 * Maps, lists and simple scalars are written here, all others by js-yaml. js-yaml alone would write the same bytes, but takes
 * several times as long: a quarter of the time of `synth`.
 */
export function dumpYaml(value: unknown): string {
  if (!isBlock(value)) return dump(value, OF_JS_YAML);
  const text = `${block(value, '\n')}\n`;
  return text.endsWith('\n\n') ? `${text}...\n` : text; // `...` ends a text whose last lines are empty
}

type Block = readonly unknown[] | Readonly<Record<string, unknown>>;

/** Whether a value takes lines of its own: a map or list that is not empty. */
function isBlock(value: unknown): value is Block {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== 'object' || value === null || !isPlain(value)) return false;
  return Object.values(value).some((inner) => inner !== undefined);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** @param line a line break with the indentation of the block */
function block(value: Block, line: string): string {
  const deeper = `${line}  `;
  const item = (inner: unknown): string => {
    if (isBlock(inner)) return `- ${block(inner, deeper)}`;
    const text = simple(inner);
    return text === undefined ? byJsYaml([inner], line) : `- ${text}`;
  };
  const entry = ([key, inner]: [string, unknown]): string => {
    const name = simple(key);
    if (name !== undefined && isBlock(inner)) return `${name}:${deeper}${block(inner, deeper)}`;
    const text = simple(inner);
    return name === undefined || text === undefined ? byJsYaml({ [key]: inner }, line) : `${name}: ${text}`;
  };
  const lines = Array.isArray(value)
    ? value.map(item)
    : Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(entry);
  return lines.join(line);
}

/** Printable ASCII on one line, without `'`, `#`, and a colon at the end of a word. */
const SIMPLE = /^[!"$-&(-9;-~]+(?:[ :][!"$-&(-9;-~]+)*$/;

/** A key has at most 1,024 characters (YAML 1.2, 7.4.2); js-yaml writes longer ones in another form. */
const MAX_SIMPLE = 1024;

/** Returns the YAML of an empty map or list, or of a scalar that needs no escapes; undefined for other values. */
function simple(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : undefined;
  if (typeof value === 'object' && value !== null)
    return isPlain(value) && Object.keys(value).length === 0 ? '{}' : undefined;
  if (typeof value === 'boolean' || (Number.isSafeInteger(value) && value !== 0)) return String(value);
  if (typeof value !== 'string' || value.length > MAX_SIMPLE || !SIMPLE.test(value)) return undefined;
  return isSafe(value) ? value : `'${value}'`;
}

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
