import { isDeepStrictEqual } from 'node:util';
import { isMap, own } from '../../kubernetes/manifest.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The value of a key that is merged over another one and gives the fields of the chart. `null` removes a field. Undefined
 * if the other one has these fields.
 *
 * @param defaults the fields that the key has where the chart's are missing
 */
export function over(below: Fields, theirs: Fields, defaults: Fields = {}): Fields | undefined {
  const fields = [...new Set([...Object.keys(theirs), ...Object.keys(below)])].flatMap(
    (field): [string, unknown][] => {
      const before = own(below, field);
      const after = own(Object.hasOwn(theirs, field) ? theirs : defaults, field);
      if (isDeepStrictEqual(before, after) || (before === null && after === undefined)) return [];
      if (isMap(before) && isMap(after)) return [[field, over(before, after)]];
      return [[field, after ?? null]];
    },
  );
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}
