import type { CheckedObject } from './checked-object.js';

/** An object with its identity. */
export type Identified = Pick<CheckedObject, 'manifest' | 'identity'>;

/** Returns the objects that remain after all are applied in order: the last of each identity. */
export function withoutOverwritten<One extends Identified>(objects: readonly One[]): readonly One[] {
  const last = new Map(objects.map((object) => [object.identity ?? object, object]));
  return last.size === objects.length
    ? objects
    : objects.filter((object) => last.get(object.identity ?? object) === object);
}
