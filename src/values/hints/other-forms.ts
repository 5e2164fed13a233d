import * as z from 'zod';
import { hasManyKeys, withShortList } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { formatPath, type FieldPath, valueAt } from '../../diagnostics/field-path.js';
import { hideSecrets } from '../../diagnostics/secrets.js';
import { isMap, own } from '../../kubernetes/manifest.js';
import { fieldDiagnostics, takesLines } from '../../schema/field-diagnostics.js';
import { alternatives, fieldSchema, formsAt, isOptional, schemaAt } from '../../schema/schema-walk.js';
import { dumpInline } from '../../yaml/dump-yaml.js';
import { DEFAULT_KIND, type Kind } from '../kinds.js';
import { inKeyAround, keysAround } from './misplaced-keys.js';
import { formsOfExample, formsOfValue } from './possible-forms.js';
import { exampleOf } from './schema-examples.js';

// Advice on a value of the wrong form: a list where a map belongs, a text where a list belongs. Other forms of the value are
// tried: the user means the first that is valid.

type Fields = Readonly<Record<string, unknown>>;

/** The document with a problem. */
interface OfDocument {
  readonly schema: z.ZodType;
  /** Its values, merged. */
  readonly value: Fields;
  readonly kind: Kind;
}

/** Adds the line to write, with the value of the user if a form of it is valid, otherwise an example. */
export function withRightForm(problem: FieldDiagnostic, document: OfDocument): FieldDiagnostic {
  const { path, inKey, message, hint } = problem;
  if (inKey) return withCommand(withTopLevelKey(problem, document), document);
  if (path.length === 0 || !message.startsWith('expected ')) return problem;
  const name = nameToExplain(path, document);
  const line = hint ?? lineInstead(path, document, name) ?? inLowercase(problem, document);
  const keys = hasKeysLeftOut(path, document) ? `worker-metrics explain ${name} lists the keys` : undefined;
  const advice = [line, keys].filter((one) => one !== undefined);
  return advice.length === 0 ? problem : { ...problem, hint: advice.join('; ') };
}

/** The argument of `worker-metrics explain` for a key, or for the whole document. */
function nameToExplain(path: FieldPath, { kind }: OfDocument): string {
  const keys = path.filter((key) => typeof key === 'string');
  if (keys.length === 0) return kind;
  return (kind === DEFAULT_KIND ? '' : `${kind}.`) + formatPath(keys);
}

/** Names the command that lists the known keys, in place of a long list. */
function withCommand(problem: FieldDiagnostic, document: OfDocument): FieldDiagnostic {
  const { path, known, hint = '' } = problem;
  if (known === undefined) return problem;
  const command = `worker-metrics explain ${nameToExplain(path.slice(0, -1), document)}`;
  return { ...problem, hint: withShortList(hint, known, command) };
}

/** Keys that mean something else in a map. */
const IN_ANY_MAP = new Set<unknown>(['name', 'namespace', 'labels', 'annotations']);

/** Advice on an unknown key in a map that is a key of the document. */
function withTopLevelKey(problem: FieldDiagnostic, document: OfDocument): FieldDiagnostic {
  const { path } = problem;
  if (problem.known === undefined) return problem;
  const key = path.at(-1) ?? '';
  if (key === 'enabled')
    return { ...problem, known: undefined, hint: withoutEnabled(path.slice(0, -1), document) };
  const isKnown = path.length > 1 && schemaAt(document.schema, [key]) !== undefined && !IN_ANY_MAP.has(key);
  const given = valueAt(document.value, path);
  const line = isKnown && isValidAt(document, [key], given) ? inOneLine([key], given) : undefined;
  const hint =
    line === undefined ? inKeysBeside(path, document) : `it belongs to the top level: write ${line} there`;
  if (hint === undefined) return problem;
  const { known: _, ...others } = problem;
  return { ...others, hint };
}

/** Hint for an unknown key that maps beside it have: `alerts: { severity: page }`. */
function inKeysBeside(path: FieldPath, { schema, value }: OfDocument): string | undefined {
  const around = path.slice(0, -1);
  const key = String(path.at(-1));
  const [form, ...others] = path.length > 1 ? formsAt(schema, around) : [];
  if (form === undefined || others.length > 0) return undefined;
  const names = keysAround(form.shape, key);
  const [first] = names;
  return first && inKeyAround(first, key, valueAt(value, path), form.shape[first], names);
}

/** Hint for `enabled` of Helm charts in a map. */
function withoutEnabled(path: FieldPath, document: OfDocument): string {
  const booleans = [true, false].filter((value) => isValidAt(document, path, value));
  const lines = booleans.map((value) => inOneLine(path, value));
  return ['remove it', lines.length === 0 ? '' : `or write ${lines.join(' or ')}`].filter(Boolean).join(', ');
}

function lineInstead(path: FieldPath, document: OfDocument, name: string): string | undefined {
  const { schema, value: whole } = document;
  const given = valueAt(whole, path);
  if (given === undefined || given === null) return undefined;
  const field = schemaAt(schema, path);
  const isValid = (value: unknown) => isValidAt(document, path, value);
  if (isValid(given)) return undefined; // a constraint refuses it, not its form
  if (given === '' && isOptional(field)) return 'remove it'; // as Helm charts leave a value out
  const sure = formsOfValue(given, field).find(isValid);
  if (sure !== undefined) return `write ${inOneLine(path, sure) ?? 'it in the other form'}`;
  const example = exampleOf(field);
  if (example === undefined) return onlyItem(path, document);
  if (typeOf(example) === typeOf(given) || (!isNested(given) && takesScalars(field))) return undefined;
  if (isMap(given) && Array.isArray(example)) return AS_ITEM;
  for (const value of formsOfExample(given, field, example)) {
    const line = isValid(value) ? inOneLine(path, value) : undefined;
    if (line !== undefined) return `for example ${line}`;
  }
  return `worker-metrics explain ${name} shows an example`;
}

const AS_ITEM = 'write it as an item of a list: with "- " before its first key';

/** A name in lowercase, with "-" in place of "_" and spaces. */
function inLowercase({ path, message }: FieldDiagnostic, document: OfDocument): string | undefined {
  const given = valueAt(document.value, path);
  if (typeof given !== 'string' || !message.includes('lowercase')) return undefined;
  const name = given.toLowerCase().replaceAll(/[_\s]+/g, '-');
  const line = name !== given && isValidAt(document, path, name) ? inOneLine(path, name) : undefined;
  return line && `for example ${line}`;
}

/** The only item of a list, in place of the list. */
function onlyItem(path: FieldPath, document: OfDocument): string | undefined {
  const list = path.slice(0, -1);
  const items = valueAt(document.value, list);
  if (!Array.isArray(items) || items.length !== 1 || !isValidAt(document, list, items[0])) return undefined;
  const line = inOneLine(list, items[0]);
  return line && `write ${line}`;
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Whether a text, number or boolean may be valid. */
function takesScalars(field: z.core.$ZodType | undefined): boolean {
  return alternatives(field).some((form) => !takesLines(form));
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

/** Whether a value has no problem at a path, and the values around it have none. */
function isValidAt({ schema, value: whole }: OfDocument, path: FieldPath, value: unknown): boolean {
  const [top = '', ...below] = path;
  const key = schemaAt(schema, [top]);
  if (key === undefined) return false;
  const problems = fieldDiagnostics(key as z.ZodType, withValueAt(key, whole[top], below, value));
  const inside = below.map((key) => (typeof key === 'number' ? 0 : key));
  return problems.every((problem) => !contains(problem.path, inside) && !contains(inside, problem.path));
}

/** Whether a path is that of another one, or of a value around it. */
function contains(around: FieldPath, path: FieldPath): boolean {
  return around.every((key, i) => key === path[i]);
}

/** A map or list with a value in place of another. The other items of a list or map by name are left out: there may be thousands. */
function withValueAt(
  schema: z.core.$ZodType | undefined,
  around: unknown,
  [key, ...rest]: FieldPath,
  value: unknown,
): unknown {
  if (key === undefined) return value;
  const inner = withValueAt(fieldSchema(schema, key), own(around as Fields, key), rest, value);
  if (Array.isArray(around)) return [inner];
  const isByName = alternatives(schema).some((form) => form instanceof z.ZodRecord);
  return isByName ? { [key]: inner } : { ...(around as Fields), [key]: inner };
}

const LONGEST_LINE = 100;

/** A key with its value in YAML, without secrets; undefined if it is long. */
function inOneLine(path: FieldPath, value: unknown): string | undefined {
  const key = path.at(-1) ?? '';
  const shown = hideSecrets(value, String(key));
  const line = typeof key === 'number' ? dumpInline(shown) : dumpInline({ [key]: shown }).slice(2, -2);
  return line.length <= LONGEST_LINE ? line : undefined;
}

/** Whether the message leaves some keys of the map out. */
function hasKeysLeftOut(path: FieldPath, { schema }: OfDocument): boolean {
  return formsAt(schema, path).some(({ shape }) => hasManyKeys(Object.keys(shape)));
}
