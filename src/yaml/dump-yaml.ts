import { DEFAULT_SCALAR_STYLE_RULES, dump, SCALAR_STYLE, strTag, type ScalarLayout } from 'js-yaml';

/** Serialises a value as YAML. All readers read each text as text: YAML 1.2, and YAML 1.1 in Go, Python and Ruby. */
export function dumpYaml(value: unknown): string {
  return dump(value, { lineWidth: -1, noRefs: true, scalarStyleRules: STYLE_RULES });
}

/** Serialises a value as YAML on one line: `{ cpu: 500m }`. */
export function dumpInline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(dumpInline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return dumpYaml(value).trimEnd();
  const pairs = Object.entries(value).map(([key, item]) => `${key}: ${dumpInline(item)}`);
  return `{ ${pairs.join(', ')} }`;
}

/**
 * Texts that no reader reads as a number, a boolean, a date or null: texts that start with a letter or `/`, except
 * {@link WORD}; options (`--name`); quantities and durations (`128Mi`, `15s`, `25%`). js-yaml itself handles punctuation.
 */
const SAFE = /^(?:[A-Za-z/]|--[A-Za-z]|[1-9][0-9]*(?:%|ms|[smhdwyk]|[KMGTPE]i?)$)/;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?[0-9_]+)$/i; // The package yaml reads e5 as a number.

/** Line breaks of YAML 1.1 that are not line breaks in YAML 1.2. */
const OTHER_LINE_BREAK = /[\u0085\u2028\u2029]/;

const STYLE_RULES = [...Object.values(DEFAULT_SCALAR_STYLE_RULES), quoteUnlessSafe];

function quoteUnlessSafe(layout: ScalarLayout): void {
  const { tag, value } = layout.node;
  if (tag !== strTag.tagName) return;
  if (layout.style === SCALAR_STYLE.PLAIN && (!SAFE.test(value) || WORD.test(value)))
    layout.style = isAllowed(layout, SCALAR_STYLE.SINGLE_QUOTED)
      ? SCALAR_STYLE.SINGLE_QUOTED
      : SCALAR_STYLE.DOUBLE_QUOTED;
  if (layout.style === SCALAR_STYLE.LITERAL_BLOCK && OTHER_LINE_BREAK.test(value))
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}

function isAllowed({ allowedStylesMask }: ScalarLayout, style: number): boolean {
  return (allowedStylesMask & (1 << style)) !== 0;
}
