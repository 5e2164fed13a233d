import * as z from 'zod';
import { shapeDiagnostics } from '../kubernetes-shapes/check-shape.js';
import { isMap } from '../kubernetes/manifest.js';
import { resolved, shapeSchema } from '../kubernetes-shapes/shapes.js';
import { definedIn } from './type-names.js';

const TYPES = 'src/kubernetes-shapes/types.ts';

/** The names of Kubernetes' shapes, by field. The JSON Schema refers to them. */
export const SHAPES = z.registry<{ readonly shape: string }>();

/**
 * A value in Kubernetes' own shape, checked at every depth.
 *
 * @param shape such as `Toleration`, or a field of a shape: `PodSpec.nodeSelector`
 * @param type the name of its TypeScript type in src/kubernetes-shapes/types.ts. @default - the name of the shape
 */
export function shapeField<Value>(shape: string, type = shape): z.ZodType<Value> {
  return checkedField(shape, type, false);
}

/** A value in Kubernetes' own shape that is merged over a default: required fields may be missing (see `shapeField`). */
export function partialShapeField<Value>(shape: string, type: string): z.ZodType<Value> {
  return checkedField(shape, type, true);
}

function checkedField<Value>(shape: string, type: string, isPartial: boolean): z.ZodType<Value> {
  const field = z.unknown().superRefine((value, context) => {
    for (const { path, message, ...params } of shapeDiagnostics(shapeSchema(shape), value, [], isPartial))
      context.addIssue({ code: 'custom', path: [...path], message, params });
  });
  SHAPES.add(field, { shape });
  return definedIn(TYPES, type, field) as unknown as z.ZodType<Value>;
}

/**
 * Fields of a Kubernetes shape that have no key.
 *
 * @param keys the fields that have a key, and the key to write instead
 */
export function otherFields<Value>(shape: string, type: string, keys: Readonly<Record<string, string>>): z.ZodType<Value> {
  const field = z.unknown().superRefine((value, context) => {
    const { required: _, ...schema } = resolved(shapeSchema(shape));
    for (const { path, message, ...params } of shapeDiagnostics(schema, value)) {
      const instead = keys[String(path[0])];
      if (instead === undefined) context.addIssue({ code: 'custom', path: [...path], message, params });
    }
    for (const name of Object.keys(isMap(value) ? value : {})) {
      const instead = Object.hasOwn(keys, name) ? keys[name] : undefined;
      if (instead === undefined) continue;
      const params = { hint: `write ${instead}`, inKey: true };
      context.addIssue({ code: 'custom', path: [name], message: 'this field has a key', params });
    }
  });
  SHAPES.add(field, { shape });
  return definedIn(TYPES, type, field) as unknown as z.ZodType<Value>;
}
