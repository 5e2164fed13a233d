import fc from 'fast-check';
import { resolved, type ShapeSchema } from '../../src/kubernetes-shapes/shapes.js';

const DEPTH = 6;

/** Any value of a shape with a few of its fields, also in Kubernetes' own spelling and as int-or-string. */
export function anyShape(schema: ShapeSchema, depth = 0): fc.Arbitrary<unknown> {
  const shape = resolved(schema);
  const { type, properties, required = [], items, additionalProperties, enum: choices } = shape;
  if (choices !== undefined) return fc.constantFrom(...choices);
  const types = typeof type === 'string' ? [type] : (type ?? ['string']);
  return fc.oneof(
    ...types.map((one): fc.Arbitrary<unknown> => {
      switch (one) {
        case 'integer':
        case 'number':
          return fc.integer({ min: shape.minimum ?? 0, max: shape.maximum ?? 100_000 });
        case 'boolean':
          return fc.boolean();
        case 'array':
          return fc.array(anyShape(items ?? {}, depth + 1), { maxLength: 2 });
        case 'object':
          return properties === undefined
            ? fc.dictionary(
                fc.stringMatching(/^[a-z]{1,5}$/),
                anyShape(additionalProperties || {}, depth + 1),
                { maxKeys: 2, noNullPrototype: true },
              )
            : someFields(properties, required, depth);
        default:
          return fc.stringMatching(/^[A-Za-z0-9$(){}: ./%-]{0,9}$/);
      }
    }),
  );
}

function someFields(
  properties: Readonly<Record<string, ShapeSchema>>,
  required: readonly string[],
  depth: number,
): fc.Arbitrary<unknown> {
  const optional = depth > DEPTH ? [] : Object.keys(properties).filter((name) => !required.includes(name));
  return fc
    .subarray(optional, { maxLength: Math.min(3, optional.length) })
    .chain((chosen) =>
      fc.record(
        Object.fromEntries(
          [...required, ...chosen].map((name) => [name, anyShape(properties[name] ?? {}, depth + 1)]),
        ),
        { noNullPrototype: true },
      ),
    );
}
