import {
  expected,
  hasManyKeys,
  mapWith,
  nearestName,
  oneOf,
  TYPES_IN_WORDS,
} from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { isMap } from '../kubernetes/manifest.js';
import { quantityHint } from '../kubernetes/quantity.js';
import { isReplacedLater } from '../kubernetes/replaced-later.js';
import { rangeDiagnostics } from './number-ranges.js';
import { matches } from '../kubernetes/text-formats.js';
import { typeHint } from './type-hint.js';
import { FORMATS_OF_OTHERS, resolved, SHAPE_FORMATS, type ShapeSchema } from './shapes.js';
import { mistypedField, unknownField } from './unknown-field.js';

/** How a value is used. */
export interface ShapeUse {
  /** The value is merged over another one, which may have the missing fields. @default false */
  readonly isPartial?: boolean;
  /** The value is in a list. It is not merged: null would remove nothing. @default false */
  readonly isInList?: boolean;
  /**
   * The value is in a whole object, for any version of Kubernetes: fields may be unknown or null. A near miss of a known
   * field is a warning. Lists are partial if the value is.
   * @default false
   */
  readonly isOfAnyVersion?: boolean;
}

/**
 * The problems of a value in Kubernetes' own shape, at any depth: unknown and missing fields, and wrong types. null is
 * allowed outside lists: it removes a field.
 */
export function shapeDiagnostics(
  schema: ShapeSchema,
  value: unknown,
  path: FieldPath = [],
  use: ShapeUse = {},
): FieldDiagnostic[] {
  const { isPartial = false, isInList = false, isOfAnyVersion = false } = use;
  if (value === null && path.length > 0 && (!isInList || isOfAnyVersion)) return [];
  if (isOfAnyVersion && (value === undefined || isReplacedLater(value))) return [];
  const { type, properties, additionalProperties, items, required = [], ...limits } = resolved(schema);
  const types = typeof type === 'string' ? [type] : (type ?? []);
  if (types.length > 0 && !types.some((one) => hasType(one, value)))
    return [{ path, message: expected(typeInWords(schema), value), ...hintOf(schema, value) }];
  const wrong = limitProblem(limits, value, isOfAnyVersion);
  if (wrong !== undefined) return [{ path, ...wrong }];
  if (Array.isArray(value))
    return value.flatMap((item: unknown, i) =>
      items === undefined ? [] : inItem(items, item, [...path, i], use),
    );
  if (!isMap(value)) return [];
  if (properties === undefined)
    return additionalProperties
      ? Object.entries(value).flatMap(([key, inner]) =>
          shapeDiagnostics(additionalProperties, inner, [...path, key], use),
        )
      : [];
  const isAbsent = (field: string) => value[field] === undefined || (isOfAnyVersion && value[field] === null);
  const missing = isPartial ? [] : required.filter(isAbsent);
  return [
    ...Object.entries(value).flatMap(([field, inner]) => {
      const known = Object.hasOwn(properties, field) ? properties[field] : undefined;
      if (known === undefined)
        return isOfAnyVersion
          ? mistypedField({ field, value: inner, path, around: schema }, fits)
          : [unknownField({ field, value: inner, path, around: schema }, fits)];
      return known.writeInstead === undefined
        ? [
            ...(isOfAnyVersion && typeof inner === 'number' && takesWholeNumber(known)
              ? rangeDiagnostics(schema, inner, [...path, field])
              : []),
            ...shapeDiagnostics(known, inner, [...path, field], use),
          ]
        : [{ path: [...path, field], message: WRITTEN_ELSEWHERE, hint: known.writeInstead, inKey: true }];
    }),
    ...missing.map((field) => ({
      path: [...path, field],
      message: expected(typeInWords(properties[field]), undefined),
    })),
  ];
}

/** The message about a field of a shape that has a key of its own. */
export const WRITTEN_ELSEWHERE = 'this field is not written here';

/** An item of a list is never null, and never merged. */
function inItem(
  items: ShapeSchema,
  item: unknown,
  path: FieldPath,
  { isOfAnyVersion = false, isPartial = false }: ShapeUse,
): FieldDiagnostic[] {
  if (item === null) return [{ path, message: expected(typeInWords(items), null) }];
  return shapeDiagnostics(items, item, path, {
    isInList: true,
    isOfAnyVersion,
    isPartial: isOfAnyVersion && isPartial,
  });
}

/** Whether a field takes a whole number. A quantity, such as `sizeLimit: 4294967296`, has no largest one. */
function takesWholeNumber(schema: ShapeSchema): boolean {
  return [resolved(schema).type ?? []].flat().includes('integer');
}

function hasType(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isMap(value);
    default:
      return typeof value === type;
  }
}

/** A value outside a list or a range, or in another notation. */
function limitProblem(
  {
    enum: values,
    minimum: min,
    maximum: max,
    format,
  }: Pick<ShapeSchema, 'enum' | 'minimum' | 'maximum' | 'format'>,
  value: unknown,
  isOfAnyVersion: boolean,
): { readonly message: string; readonly hint?: string } | undefined {
  if (values !== undefined && !values.includes(value)) {
    const allowed = values.map(String).filter((one) => one !== ''); // an empty text is no value
    const hint = typeof value === 'string' ? nearestName(value, allowed) : undefined;
    const isNewer = isOfAnyVersion && !isInAnotherCase(value, allowed);
    return isNewer ? undefined : withHintIn({ message: expected(oneOf(allowed), value) }, hint);
  }
  const notation = format && (isOfAnyVersion ? FORMATS_OF_OTHERS : SHAPE_FORMATS)[format];
  if (notation !== undefined && !matches(notation, typeof value === 'number' ? String(value) : value))
    return withHintIn({ message: expected(notation.what, value) }, quantityHint(value));
  const isOutside = typeof value === 'number' && (value < (min ?? value) || value > (max ?? value));
  return isOutside ? { message: expected(`a whole number from ${min} to ${max}`, value) } : undefined;
}

/** Whether a text is an allowed one in capital or small letters. Another one may be of a newer version. */
function isInAnotherCase(value: unknown, allowed: readonly string[]): boolean {
  return typeof value === 'string' && allowed.some((one) => one.toLowerCase() === value.toLowerCase());
}

function withHintIn(found: { readonly message: string }, hint: string | undefined) {
  return hint === undefined ? found : { ...found, hint };
}

function hintOf(schema: ShapeSchema, value: unknown): { readonly hint?: string } {
  const hint = typeHint(schema, value, fits);
  return hint === undefined ? {} : { hint };
}

/** Whether a field takes a value. */
function fits(schema: ShapeSchema, value: unknown): boolean {
  return shapeDiagnostics(schema, value).length === 0;
}

const IN_WORDS: Readonly<Record<string, string>> = TYPES_IN_WORDS;

function inWords(type: string): string {
  return IN_WORDS[type] ?? type;
}

/** The type of a field, with the fields of a small map. */
function typeInWords(schema: ShapeSchema = {}): string {
  const { type = 'a value', properties = {} } = resolved(schema);
  const fields = Object.keys(properties).filter((field) => properties[field]?.writeInstead === undefined);
  if (type === 'object' && fields.length > 0 && !hasManyKeys(fields)) return mapWith(fields, () => false);
  return (typeof type === 'string' ? [type] : type).map(inWords).join(' or ');
}
