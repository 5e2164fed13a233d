import { valueAt, withoutValueAt, type FieldPath } from '../../src/diagnostics/field-path.js';
import { resolved, type ShapeSchema } from '../../src/kubernetes-shapes/shapes.js';
import { shapeOfSpec } from '../../src/kubernetes-shapes/spec-shapes.js';
import { formatField } from '../../src/kubernetes/field-path.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { WHOLE_OBJECTS } from './whole-objects.js';

/** An object with one change. */
export interface ChangedObject {
  /** `Service spec.ports[0].port: missing` */
  readonly name: string;
  readonly field: string;
  readonly manifest: Manifest;
  /** Whether the field is required, and was removed. */
  readonly lacksRequired: boolean;
}

const NUMBERS = [-1, 2 ** 31];

/** Each object without each of its fields, and with other whole numbers. A field that several kinds share is changed once. */
export function changedObjects(): ChangedObject[] {
  const seen = new Set<string>();
  return WHOLE_OBJECTS.flatMap((manifest) => {
    const changes: ChangedObject[] = [];
    const change = (path: FieldPath, to: number | undefined, lacksRequired: boolean) => {
      const field = formatField(path);
      changes.push({
        name: `${String(manifest['kind'])} ${field}: ${to ?? 'missing'}`,
        field,
        manifest: to === undefined ? withoutValueAt(manifest, path) : withValueAt(manifest, path, to),
        lacksRequired,
      });
    };
    const visit = (schema: ShapeSchema, path: FieldPath): void => {
      const value = valueAt(manifest, path);
      const { properties = {}, required = [], items = {} } = resolved(schema);
      if (Array.isArray(value)) for (const i of value.keys()) visit(items, [...path, i]);
      else
        for (const [field, inner] of Object.entries(properties)) {
          const place = [...path, field];
          if (valueAt(manifest, place) === undefined) continue;
          visit(inner, place);
          const id = `${schema.$ref ?? ''}.${field}`;
          if (seen.has(id)) continue;
          seen.add(id);
          change(place, undefined, required.includes(field));
          if (resolved(inner).type === 'integer') for (const number of NUMBERS) change(place, number, false);
        }
    };
    visit(shapeOfSpec(manifest) ?? {}, ['spec']);
    return changes;
  });
}

function withValueAt(manifest: Manifest, path: FieldPath, value: unknown): Manifest {
  const copy = structuredClone(manifest);
  const around = valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  around[path.at(-1) ?? ''] = value;
  return copy;
}
