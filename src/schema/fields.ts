import * as z from 'zod';
import { matches, type AnyTextFormat, type TextFormat } from '../kubernetes/text-formats.js';
import { wholeNumber, type WholeNumberRange } from '../kubernetes/whole-number.js';
import { mapOfNamed } from './kubernetes-words.js';
import { expected, inListAlready, mapWith, nearestName, oneOf, PUT_IN_QUOTES } from '../diagnostics/expected.js';
import { withHint } from './message-with-hint.js';
import { isOptional } from './schema-walk.js';

// The kinds of values of a field. Each kind is one schema. It checks values, and the JSON Schema of values files is
// generated from it. All have the same form of message: the expected value, the actual value, and a hint if one helps.

/** A whole number within bounds. */
export function wholeNumberField(range: WholeNumberRange) {
  return wholeNumberOf(range, refusal(wholeNumber(range), numberHint));
}

/** The fix of a number that is written as text: in quotes, or with a unit. */
function numberHint(value: unknown): string | undefined {
  const [, number, unit] = (typeof value === 'string' && /^(-?[0-9]{1,15})(s?)$/.exec(value)) || [];
  if (number === undefined) return undefined;
  return unit === '' ? 'remove the quotes' : `write ${number}, without a unit`;
}

function wholeNumberOf({ min, max }: WholeNumberRange, error: ReturnType<typeof refusal>) {
  return z.int(error).min(min, error).max(max, error);
}

/** A whole number, or text in a format. `what` is both in words. */
export function wholeNumberOrTextField(
  range: WholeNumberRange,
  format: TextFormat,
  what: string,
  hint?: (value: unknown) => string | undefined,
) {
  const error = refusal(what, (value) => hint?.(value) ?? numberHint(value));
  return z.union([wholeNumberOf(range, error), textOf(format, error)], error);
}

/** A number between two bounds, which are not allowed themselves. `what` is the range in words. */
export function numberField(range: { readonly what: string; readonly above: number; readonly below: number }) {
  const error = refusal(range.what, (value) =>
    typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
      ? 'remove the quotes'
      : undefined,
  );
  return z.number(error).gt(range.above, error).lt(range.below, error);
}

/** Text in a format. */
export function textField(format: AnyTextFormat, hint = missingQuotes(format)) {
  return textOf(format, refusal(format.what, hint));
}

/**
 * Text in a format. The length is checked first, so that no pattern reads megabytes of text. Editors show
 * `patternErrorMessage` instead of the pattern.
 */
export function textOf(
  { what, pattern, maxLength }: AnyTextFormat,
  error: ReturnType<typeof refusal>,
): z.ZodString {
  const text =
    maxLength === undefined ? z.string(error) : z.string(error).max(maxLength, { ...error, abort: true });
  return pattern === undefined
    ? text
    : text.regex(pattern, error).meta({ patternErrorMessage: `Expected ${what}.` });
}

/** Text in a format that needs more than a pattern. `parse` throws if the text is invalid. */
export function parsedTextField(
  format: AnyTextFormat,
  parse: (text: string) => unknown,
  hint?: (value: unknown) => string | undefined,
) {
  return textField(format, hint).refine(
    (text) => {
      try {
        parse(text);
        return true;
      } catch {
        return false;
      }
    },
    refusal(format.what, hint),
  );
}

/** Text in a format, with a message for each fault. @param faultOf returns undefined for valid text */
export function faultTextField(
  format: AnyTextFormat,
  faultOf: (text: string) => { readonly message: string; readonly hint?: string | undefined } | undefined,
) {
  const error = {
    error: ({ input }: { readonly input?: unknown }) => {
      const isText = typeof input === 'string' && input.trim() !== '' && input.length <= (format.maxLength ?? Infinity);
      const fault = isText ? faultOf(input) : undefined;
      return fault === undefined ? withHint(expected(format.what, input), undefined) : withHint(fault.message, fault.hint);
    },
  };
  return textOf(format, error).refine((text) => faultOf(text) === undefined, error);
}

/** One of a few words. */
export function choiceField<const Choice extends string>(choices: readonly Choice[]) {
  const inAnotherCase = (value: unknown) => {
    const text = typeof value === 'string' ? value.toLowerCase() : undefined;
    const choice = choices.find((word) => word.toLowerCase() === text);
    return choice === undefined ? undefined : `did you mean ${JSON.stringify(choice)}?`;
  };
  return z.enum(choices as [Choice, ...Choice[]], refusal(oneOf(choices), inAnotherCase));
}

/** true or false. */
export function booleanField() {
  return z.boolean(refusal('true or false'));
}

/** true, false, or a map of options. */
export function booleanOrObjectField<Options extends z.ZodObject>(options: Options) {
  return z.union(
    [z.boolean(), options],
    refusal(() => `true, false or ${mapOf(options.shape)}`),
  );
}

/** A map of options, or false. */
export function objectOrFalseField<Options extends z.ZodObject>(options: Options) {
  const hint = (value: unknown) => (value === true ? 'remove it: it is on unless it is false' : undefined);
  return z.union(
    [options, z.literal(false)],
    refusal(() => `false or ${mapOf(options.shape)}`, hint),
  );
}

/** A list of values of one kind. */
export function listField<Item extends z.ZodType>(item: Item) {
  return z.array(item, refusal('a list'));
}

/** A list of texts without duplicates. */
export function distinctListField<Item extends z.ZodType<string>>(item: Item) {
  return listField(item)
    .superRefine((items, context) => {
      const firsts = new Map<string, number>();
      for (const [i, one] of items.entries()) {
        const first = firsts.get(one);
        if (first === undefined) firsts.set(one, i);
        else context.addIssue({ code: 'custom', path: [i], message: alreadyInList(one, first) });
      }
    })
    .meta({ uniqueItems: true });
}

/** Messages, made by `withHint`, about unknown keys that a user is likely to write: why the map refuses them, and what to do instead. */
export const REFUSED_KEYS = z.registry<Readonly<Record<string, string>>>();

function alreadyInList(item: unknown, first: number): string {
  const { message, hint } = inListAlready(item, first);
  return withHint(message, hint);
}

/** A map with known keys; any other key is refused. @param refused messages for some unknown keys */
export function objectField<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  refused: Readonly<Record<string, string>> = {},
) {
  const map = new z.ZodObject({
    type: 'object',
    // zod copies a shape as soon as one field is looked up, which would make the schemas of all keys
    get shape() {
      return shape;
    },
    catchall: z.never(),
    ...refusal(() => mapOf(shape)),
  }) as unknown as z.ZodObject<Shape, z.core.$strict>;
  return map.register(REFUSED_KEYS, refused);
}

/** A map with the keys of a shape, in words. */
function mapOf(shape: z.core.$ZodLooseShape): string {
  return mapWith(Object.keys(shape), (key) => !isOptional(shape[key]));
}

/** Names in a valid format that users may not choose. */
export interface ReservedNames {
  /** A look-ahead at the start of a name that matches all other names. */
  readonly allowed: RegExp;
  /** The reserved names, for editors. @default - a user is unlikely to choose one */
  readonly names?: string;
  /** Why a reserved name is refused, and what to do: a text of `withHint`. */
  readonly refusal: (name: string) => string;
}

/** A key that cdk8s cannot write: a map with it does not count as plain data. */
export const UNWRITABLE: ReservedNames = {
  allowed: /^(?!constructor$)/,
  refusal: () => withHint('a reserved name', 'choose another one'),
};

/** A map whose keys the user chooses, such as `env`. Reserved keys are refused with any value. */
export function recordField<Value extends z.ZodType>(
  keys: TextFormat,
  value: Value,
  reserved?: ReservedNames,
  hint = asMap,
) {
  const { names = [] } = keys;
  const near = (name: unknown) => nearestName(String(name), names);
  const name = reserved === undefined ? textField(keys, near) : freeNameField(keys, reserved);
  return z.record(name, value, refusal('a map', hint));
}

/** Hint for a list of names and values in Kubernetes' format: the map to write instead. */
function asMap(value: unknown): string | undefined {
  const map = Array.isArray(value) ? mapOfNamed(value) : undefined;
  return map && `write names as keys: ${map}`;
}

function freeNameField({ what, pattern, ...length }: TextFormat, { allowed, names, refusal: refusalOf }: ReservedNames) {
  const otherwise = refusal(what);
  const error = {
    error: ({ input }: { readonly input?: unknown }) =>
      matches({ what, pattern, ...length }, input) ? refusalOf(input) : otherwise.error({ input }),
  };
  const free = {
    what: names === undefined ? what : `${what} other than ${names}`,
    // Both begin with "^": one pattern is as fast as the format alone.
    pattern: new RegExp(allowed.source + pattern.source),
    ...length,
  };
  return textOf(free, error);
}

/** A map with known keys. Other keys are allowed: another program defines them. */
export function looseObjectField<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.looseObject(shape, refusal('a map'));
}

/** The message of a field that refuses a value, with an optional hint. @param what the allowed values, in words */
export function refusal(
  what: string | (() => string),
  hint: (value: unknown) => string | undefined = () => undefined,
) {
  return {
    error: ({ input }: { readonly input?: unknown }) => {
      return withHint(expected(typeof what === 'string' ? what : what(), input), hint(input));
    },
  };
}

/** Hint for a number or boolean that would be valid in quotes. */
export function missingQuotes(format: AnyTextFormat): (value: unknown) => string | undefined {
  return (value) =>
    (typeof value === 'number' || typeof value === 'boolean') && matches(format, String(value))
      ? PUT_IN_QUOTES
      : undefined;
}
