import * as z from 'zod';
import { shapeDiagnostics, type ShapeUse } from '../kubernetes-shapes/check-shape.js';
import { changedShape, ownShape, shapeSchema } from '../kubernetes-shapes/shapes.js';
import { listField } from './fields.js';
import { definedIn } from './type-names.js';

const TYPES = 'src/kubernetes-shapes/types.ts';

/** Kubernetes' shapes, by field. The JSON Schema contains them. */
export const SHAPES = z.registry<{ readonly shape: string }>();

/**
 * A value in Kubernetes' own shape, checked at every depth.
 *
 * @param shape such as `Toleration`, or a field of a shape: `PodSpec.nodeSelector`
 * @param type the name of its TypeScript type in src/kubernetes-shapes/types.ts. @default - the name of the shape
 */
export function shapeField<Value>(shape: string, type = shape): z.ZodType<Value> {
  return checkedField(shape, type, {});
}

/** A list of values in Kubernetes' own shape (see `shapeField`). */
export function shapeListField<Value>(shape: string, type = shape): z.ZodArray<z.ZodType<Value>> {
  return listField(checkedField<Value>(shape, type, { isInList: true }));
}

/** A value in Kubernetes' own shape that is merged over a default: required fields may be missing (see `shapeField`). */
export function partialShapeField<Value>(shape: string, type: string): z.ZodType<Value> {
  return checkedField(shape, type, { isPartial: true });
}

function checkedField<Value>(shape: string, type: string, use: ShapeUse): z.ZodType<Value> {
  const field = z.unknown().superRefine((value, context) => {
    for (const { path, message, ...params } of shapeDiagnostics(shapeSchema(shape), value, [], use))
      context.addIssue({ code: 'custom', path: [...path], message, params });
  });
  SHAPES.add(field, { shape });
  return definedIn(TYPES, type, field) as unknown as z.ZodType<Value>;
}

/**
 * Fields of a Kubernetes shape that have no key.
 *
 * @param keys the fields that have a key, and the key to write instead
 * @param refused fields that Kubernetes refuses here, and why. @default - none
 */
export function otherFields<Value>(
  shape: string,
  type: string,
  keys: Readonly<Record<string, string>>,
  refused: Readonly<Record<string, string>> = {},
): z.ZodType<Value> {
  const written = Object.fromEntries(Object.entries(keys).map(([field, one]) => [field, `write ${one}`]));
  const elsewhere = { ...written, ...refused };
  return shapeField<Value>(ownShape(type, () => changedShape(shape, { elsewhere, required: [] })));
}
