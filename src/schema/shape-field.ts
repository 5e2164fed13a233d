import * as z from 'zod';
import { shapeDiagnostics } from '../kubernetes-shapes/check-shape.js';
import { shapeSchema } from '../kubernetes-shapes/shapes.js';
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
  const field = z.unknown().superRefine((value, context) => {
    for (const { path, message, ...params } of shapeDiagnostics(shapeSchema(shape), value))
      context.addIssue({ code: 'custom', path: [...path], message, params });
  });
  SHAPES.add(field, { shape });
  return definedIn(TYPES, type, field) as unknown as z.ZodType<Value>;
}
