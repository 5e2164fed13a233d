import fc from 'fast-check';
import * as z from 'zod';
import { anyCodePoint } from '../any-code-point.js';
import { shapeSchema } from '../../src/kubernetes-shapes/shapes.js';
import { SHAPES } from '../../src/schema/shape-field.js';
import { anyShape } from '../kubernetes-shapes/arbitrary-shape.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Values of every type, and texts that YAML, JavaScript or a terminal reads in its own way. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: anyCodePoint }),
  fc.constantFrom<unknown>(
    null, '', '5', 'yes', '012', '12:30', '$(A)', 'a\nb', '\u2028', '😀', 'ä', 'a b', '__proto__', 'x'.repeat(300),
    0, -1, 2.5, 1e21, 1e300, true, [], {}, { secret: 'a', key: 'b' },
  ), // prettier-ignore
);

/** Mostly a valid value, so that many wholes are valid. */
export function mostly<T>(valid: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 25, arbitrary: valid as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: anything });
}

/** Values that a field takes, as far as its JSON Schema says it; anything, now and then. */
export function valuesOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return valuesFor(
    z.toJSONSchema(schema, {
      target: 'draft-7',
      io: 'input',
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        Object.assign(jsonSchema, SHAPES.get(zodSchema as unknown as z.ZodType));
      },
    }),
  );
}

function valuesFor(schema: JsonSchema): fc.Arbitrary<unknown> {
  const examples = (schema['examples'] ?? []) as unknown[];
  const made = typed(schema);
  const valid = examples.length === 0 ? made : fc.oneof(fc.constantFrom(...examples), made);
  return mostly(valid);
}

function typed(schema: JsonSchema): fc.Arbitrary<unknown> {
  const forms = (schema['anyOf'] ?? schema['oneOf']) as JsonSchema[] | undefined;
  if (forms !== undefined) return fc.oneof(...forms.map(typed));
  if (typeof schema['shape'] === 'string') return anyShape(shapeSchema(schema['shape']));
  if (schema['enum'] !== undefined) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if ('const' in schema) return fc.constant(schema['const']);
  switch (schema['type']) {
    case 'integer':
      return integers(schema);
    case 'number':
      return numbers(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return texts(schema);
    case 'array':
      return lists(schema);
    case 'object':
      return maps(schema);
    default:
      return anything;
  }
}

/** Often the limits, and numbers near the default or the example: ports meet there. */
function integers(schema: JsonSchema): fc.Arbitrary<number> {
  const { minimum: min = -(2 ** 31), maximum: max = 2 ** 31 } = schema as { minimum?: number; maximum?: number };
  const usual = [schema['default'], ...((schema['examples'] ?? []) as unknown[])].find(Number.isInteger);
  const within = (number: number) => Math.min(max, Math.max(min, number));
  return fc.oneof(
    fc.constantFrom(min, within(min + 1), within(max - 1), max),
    fc.integer({ min, max }),
    fc.integer({ min, max: within(min + 8) }),
    fc.integer({ min: -10, max: 110 }).map((offset) => within(((usual as number | undefined) ?? min) + offset)),
  );
}

function numbers(schema: JsonSchema): fc.Arbitrary<number> {
  const { exclusiveMinimum: min = -1e6, exclusiveMaximum: max = 1e6 } = schema as Record<string, number>;
  return fc.double({ min, max, minExcluded: true, maxExcluded: true, noNaN: true });
}

function texts(schema: JsonSchema): fc.Arbitrary<string> {
  const { pattern, maxLength = Infinity } = schema as { pattern?: string; maxLength?: number };
  if (pattern === undefined) return fc.string({ unit: 'grapheme' });
  return textsMatching(pattern).filter((text) => text.length <= maxLength);
}

const matching = new Map<string, fc.Arbitrary<string>>();

/** Made once for each pattern: fast-check takes milliseconds to make it, and many fields have the same. */
function textsMatching(pattern: string): fc.Arbitrary<string> {
  let made = matching.get(pattern);
  if (made === undefined) {
    const expression = new RegExp(pattern);
    made = fc
      .stringMatching(new RegExp(withoutLookaheads(pattern)), { size: 'small' })
      .filter((text) => expression.test(text));
    matching.set(pattern, made);
  }
  return made;
}

/** fast-check generates no texts for look-aheads. */
function withoutLookaheads(pattern: string): string {
  let rest = pattern;
  for (let start = rest.search(/\(\?[=!]/); start >= 0; start = rest.search(/\(\?[=!]/)) {
    rest = rest.slice(0, start) + rest.slice(endOfGroup(rest, start));
  }
  return rest.replace(/^\^+/, '^');
}

function endOfGroup(pattern: string, start: number): number {
  let depth = 0;
  let isInClass = false;
  for (let i = start; i < pattern.length; i++) {
    const letter = pattern[i];
    if (letter === '\\') i += 1;
    else if (isInClass) isInClass = letter !== ']';
    else if (letter === '[') isInClass = true;
    else if (letter === '(') depth += 1;
    else if (letter === ')') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  throw new Error(`a group without an end in ${pattern}`);
}

function lists(schema: JsonSchema): fc.Arbitrary<unknown[]> {
  const { minItems: minLength = 0, maxItems = 3 } = schema as { minItems?: number; maxItems?: number };
  const item = schema['items'] === undefined ? anything : valuesFor(schema['items'] as JsonSchema);
  const length = { minLength, maxLength: Math.min(maxItems, minLength + 3) };
  return schema['uniqueItems'] === true ? fc.uniqueArray(item, length) : fc.array(item, length);
}

function maps(schema: JsonSchema): fc.Arbitrary<object> {
  const { properties, required = [], additionalProperties, propertyNames = {} } = schema as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: JsonSchema | boolean;
    readonly propertyNames?: JsonSchema;
  };
  if (properties === undefined || Object.keys(properties).length === 0) {
    const names = mostly(typed({ type: 'string', ...propertyNames })).map(String);
    const value = typeof additionalProperties === 'object' ? valuesFor(additionalProperties) : anything;
    return fc.dictionary(names, value, { maxKeys: 3, noNullPrototype: true });
  }
  const values = Object.entries(properties).map(([name, inner]) => [name, valuesFor(inner)]);
  return someOf(Object.fromEntries(values) as Record<string, fc.Arbitrary<unknown>>, required);
}

/** Objects with the required names and a few of the others. */
export function someOf<T>(
  values: Readonly<Record<string, fc.Arbitrary<T>>>,
  required: readonly string[],
  most = 4,
): fc.Arbitrary<Record<string, T>> {
  const optional = Object.keys(values).filter((name) => !required.includes(name));
  return fc.subarray(optional, { maxLength: Math.min(most, optional.length) }).chain((names) => {
    const chosen = [...required, ...names].map((name) => [name, values[name]]);
    return fc.record(Object.fromEntries(chosen) as Record<string, fc.Arbitrary<T>>, { noNullPrototype: true });
  });
}
