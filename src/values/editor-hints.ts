import { dumpInline, dumpYaml } from '../yaml/dump-yaml.js';
import { isMap } from './merge-values.js';
import { completionOf, exampleOf } from './editor-snippets.js';
import { changeSubschemas, type JsonSchema } from './subschemas.js';

/**
 * Adds to each key of a JSON Schema what editors show and insert: its meaning, default and example
 * (`markdownDescription`), and a valid value. The form of the value moves into `allOf`: yaml-language-server inserts its
 * own text for a form that is beside the description.
 */
export function withEditorHints(schema: JsonSchema, key?: string, isItem = false): JsonSchema {
  return changeSubschemas(schema, (inner, keyword, innerKey = '') => {
    if (keyword === 'properties') return hintedKey(innerKey, inner, isItem);
    // The user chooses the names: the example of the map is offered instead.
    if (keyword === 'propertyNames') return { ...inner, doNotSuggest: true };
    if (keyword !== 'anyOf' && keyword !== 'items') return withEditorHints(inner);
    return titled(withEditorHints(inner, undefined, keyword === 'items'), key);
  });
}

/**
 * A form of a value, with a title: yaml-language-server takes forms without one as equal, and mixes their help. It offers
 * a form with several required keys as a whole, by this title.
 */
function titled(form: JsonSchema, key: string | undefined): JsonSchema {
  const { title = form['type'] === 'null' ? 'null' : (key ?? form['type']), ...rest } = form;
  const isWhole = Array.isArray(form['required']) && form['required'].length > 1;
  return { title, ...(isWhole ? rest : withRequiredApart(rest)) };
}

/** The language server offers no whole object if `required` is not beside `properties`. */
function withRequiredApart({ required, ...form }: JsonSchema): JsonSchema {
  return required === undefined ? form : { ...form, allOf: [{ required }] };
}

function hintedKey(key: string, property: JsonSchema, isInItem: boolean): JsonSchema {
  const {
    title: _type,
    description,
    default: fallback,
    examples: _examples,
    doNotSuggest,
    ...form
  } = property;
  const suggestion = doNotSuggest === true && { doNotSuggest };
  if (typeof description !== 'string') return { ...suggestion, ...withEditorHints(form, key) };
  return {
    title: key,
    description,
    markdownDescription: help(key, description, { fallback, example: exampleOf(property) }),
    ...suggestion,
    ...completionOf(property, isInItem),
    allOf: [withRequiredApart(withEditorHints(form, key))],
  };
}

/** The end of a description that gives the default in words. */
const DEFAULT_IN_WORDS = / Default: (.*)\.$/s;

function help(key: string, description: string, values: { fallback: unknown; example: unknown }): string {
  const { fallback, example } = values;
  const inWords = DEFAULT_IN_WORDS.exec(description)?.[1];
  const shown = fallback === undefined || isMap(fallback) ? inWords : `\`${dumpInline(fallback)}\``;
  return [
    description.replace(DEFAULT_IN_WORDS, ''),
    ...(shown === undefined ? [] : [`Default: ${shown}`]),
    ...(example === undefined ? [] : [`Example:\n\`\`\`yaml\n${dumpYaml({ [key]: example })}\`\`\``]),
  ].join('\n\n');
}
