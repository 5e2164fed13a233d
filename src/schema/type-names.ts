import * as z from 'zod';

/** The name under which the types of the props have a shape, and the file that defines it if that is not theirs. */
export interface TypeName {
  readonly name: string;
  readonly description?: string;
  /** Such as `src/prometheus/relabel-config.ts`. @default - it is written beside the props */
  readonly definedIn?: string;
}

export const TYPE_NAMES = z.registry<TypeName>();

/** Gives a field a name for the types of the props. */
export function named<Field extends z.ZodType>(name: string, field: Field, description?: string): Field {
  TYPE_NAMES.add(field, { name, ...(description !== undefined && { description }) });
  return field;
}

/** Gives a field the name of a type that another file defines. */
export function definedIn<Field extends z.ZodType>(file: string, name: string, field: Field): Field {
  TYPE_NAMES.add(field, { name, definedIn: file });
  return field;
}
