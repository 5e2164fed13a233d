import * as z from 'zod';

/** The TypeScript name of a shape in the types of the props. */
export interface TypeName {
  readonly name: string;
  readonly description?: string;
  /**
   * The file that defines the type: `src/prometheus/relabel-config.ts`. @default - the type is generated beside the
   * props
   */
  readonly definedIn?: string;
}

export const TYPE_NAMES = z.registry<TypeName, z.core.$ZodType>();

/** Gives the type of a field a name and a docstring in the types of the props. */
export function named<Field extends z.ZodType>(name: string, field: Field, description: string): Field {
  TYPE_NAMES.add(field, { name, description });
  return field;
}

/** Gives a field the name of a type that another file defines. */
export function definedIn<Field extends z.ZodType>(file: string, name: string, field: Field): Field {
  TYPE_NAMES.add(field, { name, definedIn: file });
  return field;
}
