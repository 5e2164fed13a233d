import { dumpInline, dumpYaml } from '../../yaml/dump-yaml.js';
import { isMap } from '../../kubernetes/manifest.js';
import { completionOf, exampleOf } from './editor-snippets.js';
import { NULL } from './document-layers.js';
import { changeSubschemas, type JsonSchema } from './subschemas.js';

/** Where in a document a schema is. */
interface Place {
  readonly key?: string | undefined;
  readonly isItem?: boolean;
  /** Whether environments change single keys here. Below a list, and in Kubernetes' own shapes, they do not. */
  readonly isMerged: boolean;
}

/**
 * Adds to each key of a JSON Schema the texts that editors show and insert: its meaning, default and example
 * (`markdownDescription`), and a valid value. The form of the value moves into `allOf`: yaml-language-server inserts its
 * own text for a form that is beside the description.
 *
 * Where environments change single keys, every key may be left out and may be null. The base and the environments then
 * share the schema of a key: `nullsRefused` and `requiredKeys` add the requirements of the base.
 */
export function withEditorHints(schema: JsonSchema, place: Place): JsonSchema {
  const { isMerged } = place;
  const { required: _required, dependencies: _dependencies, ...free } = schema;
  return changeSubschemas(isMerged ? free : schema, (inner, keyword, innerKey = '') => {
    if (keyword === 'properties') return hintedKey(innerKey, inner, place);
    // The user chooses the names: the example of the map is offered instead.
    if (keyword === 'propertyNames') return { ...inner, doNotSuggest: true };
    if (keyword === 'items')
      return titled(withEditorHints(inner, { isItem: true, isMerged: false }), place.key);
    if (keyword === 'anyOf')
      return titled({ ...withEditorHints(inner, { isMerged }), ...wholeObject(inner, isMerged) }, place.key);
    if (keyword === 'additionalProperties' && isMerged)
      return orNull(withEditorHints(inner, { isMerged }), innerKey);
    return withEditorHints(inner, { isMerged });
  });
}

/**
 * A form of a value, with a title: yaml-language-server takes forms without one as equal, and mixes their help. It offers
 * a form with several required keys as a whole, by this title.
 */
function titled(form: JsonSchema, key: string | undefined): JsonSchema {
  const { type } = form;
  const typeName = Array.isArray(type) ? type.join(' or ') : type;
  const { title = type === 'null' ? 'null' : (key ?? typeName), ...rest } = form;
  const isWhole = Array.isArray(form['required']) && form['required'].length > 1;
  return { title, ...(isWhole ? rest : withRequiredApart(rest)) };
}

/** The language server offers no whole object if `required` is not beside `properties`. */
function withRequiredApart({ required, ...form }: JsonSchema): JsonSchema {
  return required === undefined ? form : { ...form, allOf: [{ required }] };
}

/** A form of which no key is required any more, but several were: it is still offered as a whole. */
function wholeObject(form: JsonSchema, isMerged: boolean): JsonSchema {
  const { required, title } = form;
  if (!isMerged || !Array.isArray(required) || required.length < 2) return {};
  const { defaultSnippets = [] } = completionOf(form, false) as { defaultSnippets?: readonly object[] };
  return { defaultSnippets: defaultSnippets.map((snippet) => ({ ...snippet, label: title })) };
}

function hintedKey(key: string, property: JsonSchema, { isItem = false, isMerged }: Place): JsonSchema {
  const {
    title: _type,
    description,
    default: fallback,
    examples: _examples,
    doNotSuggest,
    ...form
  } = property;
  const suggestion = doNotSuggest === true && { doNotSuggest };
  const hinted = withRequiredApart(withEditorHints(form, { key, isMerged }));
  const value = isMerged ? orNull(hinted, key) : hinted;
  if (typeof description !== 'string') return { ...suggestion, ...value };
  const markdownDescription = help(key, description, { fallback, example: exampleOf(property) });
  return {
    title: key,
    description,
    ...(markdownDescription !== description && { markdownDescription }),
    ...suggestion,
    ...completionOf(property, isItem),
    allOf: [value],
  };
}

/** Allows null, which removes a value in an environment. Editors offer it in environments: see `NULLS_OFFERED`. */
function orNull(value: JsonSchema, key: string): JsonSchema {
  const { anyOf, ...rest } = value;
  const forms = Array.isArray(anyOf) ? (anyOf as JsonSchema[]) : [titled(rest, key)];
  if (forms.some(({ type }) => type === 'null')) return value;
  return { ...(Array.isArray(anyOf) && rest), anyOf: [...forms, NULL] };
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
