import { packageFile } from '../package/package-file.js';

/** A JSON Schema of the few forms that Kubernetes' shapes have. */
export interface ShapeSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, ShapeSchema>>;
  readonly required?: readonly string[];
  readonly items?: ShapeSchema;
  readonly additionalProperties?: ShapeSchema | false;
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

/** The schema that a reference leads to. */
export function resolved(schema: ShapeSchema): ShapeSchema {
  if (schema.$ref === undefined) return schema;
  return shapeDefinitions()[schema.$ref.replace('#/definitions/', '')] ?? unknownShape(schema.$ref);
}

/** The name of the shape that a schema refers to. */
export function shapeName({ $ref }: ShapeSchema): string | undefined {
  return $ref?.replace('#/definitions/', '');
}

function unknownShape(name: string): never {
  throw new Error(`there is no shape ${name} of Kubernetes`);
}
