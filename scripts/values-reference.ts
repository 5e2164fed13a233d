/** A part of a JSON Schema, as far as the reference shows it. */
interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Keys that every kind has, and that repeat the kind's own or have a table of their own. */
const WHOLE = new Set(['delivery', 'environments']);

const HEAD = '| key | meaning | default |\n| --- | --- | --- |\n';

/** docs/values.md: every key of every kind of values file, from the JSON Schema. */
export function valuesReference(schema: Schema): string {
  const kinds = Object.entries(schema.definitions ?? {}).map(
    ([kind, definition]) => `## ${kind}\n\n${HEAD}${rows(definition).join('\n')}\n`,
  );
  const [{ properties }] = Object.values(schema.definitions ?? {}) as [Schema];
  const delivery = rows(properties?.['delivery'] ?? {}, 'delivery.');
  return `# Every key of a values file

Made by \`npm run schema\` from the definition in code; \`schema/values.schema.json\` says the same to editors. Some
defaults depend on other keys; they are part of the meaning.

${kinds.join('\n')}
## delivery, of every kind

${HEAD}${delivery.join('\n')}
`;
}

function rows(schema: Schema, prefix = '', required = requiredOf(schema)): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const path = `${prefix}${key}`;
    const row = `| \`${path}\` | ${cell(property)} | ${required.includes(key) ? 'required' : fallback(property)} |`;
    const inner = WHOLE.has(path) ? [] : innerRows(property, path);
    return [row, ...inner];
  });
}

function innerRows(property: Schema, path: string): string[] {
  if (property.items?.properties) return rows(property.items, `${path}[].`);
  const map = [property, ...(property.anyOf ?? [])].find(({ properties }) => properties !== undefined);
  // A map that is one of several forms is in the words of the key itself.
  const isOneOfSeveral =
    (property.anyOf ?? []).filter(({ properties }) => properties !== undefined).length > 1;
  return map === undefined || isOneOfSeveral ? [] : rows(map, `${path}.`);
}

/** What the document itself asks for; where environments may add it, too. */
function requiredOf({ required = [], anyOf = [] }: Schema): readonly string[] {
  return [...required, ...(anyOf[0]?.required ?? [])];
}

/** How a description ends that says in words what holds when the key is not set. */
const DEFAULT_IN_WORDS = / Default: (.*)\.$/s;

function fallback({ description = '', default: value }: Schema): string {
  return value === undefined ? escaped(DEFAULT_IN_WORDS.exec(description)?.[1] ?? '') : code(value);
}

function cell({ description: whole = '', enum: choices }: Schema): string {
  const description = whole.replace(DEFAULT_IN_WORDS, '');
  const words =
    choices === undefined ? '' : `${description === '' ? '' : ' '}One of ${choices.map(code).join(', ')}.`;
  return escaped(description + words);
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
