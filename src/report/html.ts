import { printableLines } from '../diagnostics/printable.js';

/** HTML that is complete and safe. Only `html` makes it: every text in it is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** A value in a template. Texts and numbers are escaped; undefined and false are left out. */
export type Part = Html | string | number | undefined | false | readonly Part[];

/**
 * Fills values into HTML. Attribute values must be in double quotes in the template.
 *
 * @example html`<a href="#${id}">${name}</a>`
 */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const between = withoutIndentation(template);
  let text = between[0] ?? '';
  for (let i = 0; i < parts.length; i++) text += textOf(parts[i]) + (between[i + 1] ?? '');
  return new Html(text);
}

const templates = new WeakMap<TemplateStringsArray, readonly string[]>();

/** Indentation is for readers of the template: a large page would be a third larger with it. */
function withoutIndentation(template: TemplateStringsArray): readonly string[] {
  const known = templates.get(template);
  if (known !== undefined) return known;
  const texts = template.map((text) => text.replaceAll(/\s*\n\s*/g, '\n'));
  templates.set(template, texts);
  return texts;
}

function textOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(textOf).join('');
  return escaped(String(part));
}

const SPECIAL = /[&<>"'\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters, and those that change the direction of text, are shown as `\u{202e}`. */
function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return printableLines(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
