import { ANY_QUANTITY, QUANTITY } from '../kubernetes/quantity.js';
import type { TextFormat } from '../kubernetes/text-formats.js';
import { OF_SHAPES } from '../kubernetes/newer-fields.js';
import { memo } from '../memo.js';
import { packageFile } from '../package/package-file.js';

/** A JSON Schema of the few forms that Kubernetes' shapes have. */
export interface ShapeSchema {
  readonly $ref?: string;
  /** The name for messages. @default - the name of the shape in Kubernetes */
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ShapeSchema>>;
  readonly required?: readonly string[];
  readonly items?: ShapeSchema;
  readonly additionalProperties?: ShapeSchema | false;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** A notation of Kubernetes, for values that may be numbers or text. */
  readonly format?: ShapeFormat;
  /** A field that is written elsewhere: the hint that says where. */
  readonly writeInstead?: string;
}

/** Whether a field takes a value. */
export type Fits = (schema: ShapeSchema, value: unknown) => boolean;

/** The notations that shapes refer to by name. */
export const SHAPE_FORMATS = { quantity: QUANTITY } as const satisfies Readonly<Record<string, TextFormat>>;

/** The same notations in objects that other programs or the user wrote: all that Kubernetes accepts. */
export const FORMATS_OF_OTHERS: Readonly<Record<ShapeFormat, TextFormat>> = { quantity: ANY_QUANTITY };

type ShapeFormat = keyof typeof SHAPE_FORMATS;

type Definitions = Readonly<Record<string, ShapeSchema>>;

/** Reads generated shapes when a value first needs one: see scripts/kubernetes-shapes.ts and scripts/gateway-api-shapes.ts. */
function readOnce(file: string): () => Definitions {
  return memo(() => (JSON.parse(packageFile(file)) as { definitions: Definitions }).definitions);
}

/** The shapes of Kubernetes 1.28, by name. */
export const kubernetesShapes = readOnce('src/kubernetes-shapes/kubernetes-1.28.json');

/** The shapes of the Gateway API, by name: `GatewayHTTPRouteSpec`. */
export const gatewayShapes = readOnce('src/kubernetes-shapes/gateway-api.json');

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
  return OWN.get(name)?.() ?? (name.startsWith('Gateway') ? gatewayShapes() : kubernetesShapes())[name];
}

/** Changes of a shape: our map has most fields of Kubernetes' shape, and fields of its own. */
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
    title: shapeName(shapeSchema(shape)),
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

/** The name of the shape of a schema, for messages: `Probe of Kubernetes 1.28`. */
export function shapeName(schema: ShapeSchema): string | undefined {
  const name = schema.$ref?.replace('#/definitions/', '');
  return resolved(schema).title ?? (name === undefined ? undefined : `${name} of Kubernetes ${OF_SHAPES}`);
}

function unknownShape(name: string): never {
  throw new Error(`there is no shape ${name} of Kubernetes`);
}
