import { memo } from '../memo.js';
import { packageFile } from '../package/package-file.js';

/** A JSON Schema of the few forms that Kubernetes' shapes have. */
export interface ShapeSchema {
  readonly $ref?: string;
  /** The name of Kubernetes' shape, if this is a changed one. */
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, ShapeSchema>>;
  readonly required?: readonly string[];
  readonly items?: ShapeSchema;
  readonly additionalProperties?: ShapeSchema | false;
  /** A field that is written elsewhere: the hint that says where. */
  readonly writeInstead?: string;
}

/** The file is generated: see scripts/kubernetes-shapes.ts. */
const FILE = 'src/kubernetes-shapes/kubernetes-1.28.json';

/** The Kubernetes version of the shapes. */
export const SHAPES_VERSION = '1.28';

let definitions: Readonly<Record<string, ShapeSchema>> | undefined;

/** All shapes by name. They are read when a value first needs one. */
export function shapeDefinitions(): Readonly<Record<string, ShapeSchema>> {
  definitions ??= (JSON.parse(packageFile(FILE)) as { definitions: typeof definitions }).definitions ?? {};
  return definitions;
}

/** The schema of a shape: `Toleration`, or of a field in it: `PodSpec.tolerations`. */
export function shapeSchema(name: string): ShapeSchema {
  const [shape = '', ...fields] = name.split('.');
  let schema: ShapeSchema = { $ref: `#/definitions/${shape}` };
  for (const field of fields) schema = resolved(schema).properties?.[field] ?? unknownShape(name);
  return schema;
}

const OWN = new Map<string, () => ShapeSchema>();

/** Defines a shape of our own. Its schema is made when a value first needs it. Returns its name. */
export function ownShape(name: string, make: () => ShapeSchema): string {
  OWN.set(name, memo(make));
  return name;
}

/** The shape with a name: Kubernetes' or our own. */
export function shapeDefinition(name: string): ShapeSchema | undefined {
  return OWN.get(name)?.() ?? shapeDefinitions()[name];
}

/** Changes of a shape: a map of ours that has most fields of Kubernetes' shape, and fields of its own. */
interface ShapeChanges {
  readonly description?: string;
  /** More fields, by name. */
  readonly fields?: Readonly<Record<string, ShapeSchema>>;
  /** Fields that are written elsewhere, and where: `{ name: 'the key is its name' }`. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** Required fields. @default - those of the shape, without the fields that are written elsewhere */
  readonly required?: readonly string[];
}

/** A shape with other fields. */
export function changedShape(shape: string, changes: ShapeChanges): ShapeSchema {
  const { fields = {}, elsewhere = {}, ...rest } = changes;
  const { properties, required = [], ...whole } = resolved(shapeSchema(shape));
  const moved = Object.entries(elsewhere).map(([field, writeInstead]) => [field, { writeInstead }]);
  return {
    ...whole,
    title: shape,
    properties: { ...properties, ...fields, ...Object.fromEntries(moved) },
    required: required.filter((field) => !Object.hasOwn(elsewhere, field)),
    ...rest,
  };
}

/** The schema that a reference leads to. */
export function resolved(schema: ShapeSchema): ShapeSchema {
  if (schema.$ref === undefined) return schema;
  return shapeDefinition(schema.$ref.replace('#/definitions/', '')) ?? unknownShape(schema.$ref);
}

/** The name of the Kubernetes shape of a schema. */
export function shapeName(schema: ShapeSchema): string | undefined {
  return resolved(schema).title ?? schema.$ref?.replace('#/definitions/', '');
}

function unknownShape(name: string): never {
  throw new Error(`there is no shape ${name} of Kubernetes`);
}
