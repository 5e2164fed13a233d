import leven from 'leven';
import { knownAre, nearest, nearestName, orRelated } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { isSecret } from '../diagnostics/secrets.js';
import { newerField } from '../kubernetes/newer-fields.js';
import { LABEL_KEY, matches } from '../kubernetes/text-formats.js';
import { resolved, shapeName, type Fits, type ShapeSchema } from './shapes.js';

/** A field that the shape of the map around it does not have. */
interface Unknown {
  readonly field: string;
  readonly value: unknown;
  /** The map around it. */
  readonly path: FieldPath;
  readonly around: ShapeSchema;
}

/** The problem of an unknown field: a typing error, a field of a map inside, or a field that is newer than our types. */
export function unknownField(unknown: Unknown, fits: Fits): FieldDiagnostic {
  const { field, around } = unknown;
  const newer = newerFieldOf(unknown);
  if (newer !== undefined) return { ...inMap(unknown), ...newer };
  const { properties = {} } = resolved(around);
  const known = Object.keys(properties).filter((name) => properties[name]?.writeInstead === undefined);
  const near = nameOfMap(unknown, fits) ?? fieldOfInner(unknown, fits) ?? nearestName(field, known);
  return {
    ...inMap(unknown),
    hint: near ?? `${knownAre(known)}; ${NEWER}${orRelated(field, known)}`,
    ...(near === undefined && { known }),
  };
}

const NEWER = 'set a field that is newer with patches';

/** A warning about a field that is certainly wrong in every version of Kubernetes: a typing error. Others may be newer. */
export function mistypedField(unknown: Unknown, fits: Fits): FieldDiagnostic[] {
  if (newerFieldOf(unknown) !== undefined) return [];
  const near = nearest(unknown.field, Object.keys(resolved(unknown.around).properties ?? {}));
  const isNear = near !== undefined && leven(unknown.field, near) <= MOST_MISTYPED;
  const hint = nameOfMap(unknown, fits) ?? (isNear ? `did you mean ${JSON.stringify(near)}?` : undefined);
  return hint === undefined ? [] : [{ ...inMap(unknown), severity: 'warning', hint }];
}

/** Most edits of a typing error. A name with more differences may be that of a newer field. */
const MOST_MISTYPED = 2;

function inMap({ field, path, around }: Unknown): FieldDiagnostic & { readonly inKey: true } {
  const shape = shapeName(around);
  const map = shape === undefined ? 'this map' : `${/^([AEIOU]|HTTP)/.test(shape) ? 'an' : 'a'} ${shape}`;
  return { path: [...path, field], message: `${map} has no such field`, inKey: true };
}

function newerFieldOf({ field, around }: Unknown) {
  return newerField(shapeName(around)?.replace(/ of Kubernetes .*$/, ''), field);
}

/** Maps of names that the user chooses. Users write the names in the map around them. */
const MAPS_OF_NAMES = ['matchLabels', 'requests'];

/** The hint about a name in place of the map of names: `labelSelector: { app: web }`. */
function nameOfMap(unknown: Unknown, fits: Fits): string | undefined {
  const { field, value, around } = unknown;
  if (!matches(LABEL_KEY, field) || !isScalar(value) || value === '') return undefined;
  const map = MAPS_OF_NAMES.find((name) => {
    const { additionalProperties } = resolved(resolved(around).properties?.[name] ?? {});
    return additionalProperties && fits(additionalProperties, value);
  });
  return map && belongsTo(map, unknown);
}

/** The hint about a field that only one of the maps inside has: `strategy: { maxSurge: 1 }`. */
function fieldOfInner(unknown: Unknown, fits: Fits): string | undefined {
  const { field, value, around } = unknown;
  const { properties = {} } = resolved(around);
  const [map, ...others] = Object.keys(properties).filter((name) => {
    const { writeInstead, properties: inner = {} } = resolved(properties[name] ?? {});
    const schema = Object.hasOwn(inner, field) ? inner[field] : undefined;
    return schema !== undefined && writeInstead === undefined && fits(schema, value);
  });
  return map === undefined || others.length > 0 ? undefined : belongsTo(map, unknown);
}

function belongsTo(map: string, { field, value }: Unknown): string {
  const shown = isScalar(value) && !isSecret(field, value) ? String(value) : '…';
  return `it belongs to ${map}: write ${map}: { ${field}: ${shown} }`;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
