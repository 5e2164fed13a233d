import fc from 'fast-check';
import { resolved, type ShapeSchema } from '../../src/kubernetes-shapes/shapes.js';

const DEPTH = 6;

/** Names that mean something in maps of quantities. */
const resourceNames = fc.constantFrom('memory', 'cpu', 'ephemeral-storage', 'storage', 'hugepages-2Mi');

/** Quantities as users write them: most are valid. */
const anyQuantity = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom<unknown>(0, 1, 2, 0.5, '500m', '0.5', '128Mi', '1.5Gi', '512m', '1e3', '2G'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>('128MB', '1gb', '1 Gi', '', '-1', -1, 1e21, '$(A)', 'x', '1e99'),
  },
);

/** Any value of a shape with a few of its fields, also in Kubernetes' own spelling and as int-or-string. */
export function anyShape(schema: ShapeSchema, depth = 0): fc.Arbitrary<unknown> {
  const shape = resolved(schema);
  const { type, properties, required = [], items, additionalProperties, enum: choices } = shape;
  if (choices !== undefined) return fc.constantFrom(...choices);
  if (shape.format === 'quantity') return anyQuantity;
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
                fc.oneof(fc.stringMatching(/^[a-z]{1,5}$/), resourceNames),
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
