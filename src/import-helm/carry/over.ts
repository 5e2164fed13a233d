import { isDeepStrictEqual } from 'node:util';
import { isMap, own } from '../../kubernetes/manifest.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The value of a key that is merged over a default of ours and gives the fields of the chart. `null` removes a field.
 * Undefined if the default has these fields.
 */
export function over(ours: Fields, theirs: Fields): Fields | undefined {
  const fields = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].flatMap(
    (field): [string, unknown][] => {
      const [before, after] = [own(ours, field), own(theirs, field)];
      if (isDeepStrictEqual(before, after)) return [];
      if (isMap(before) && isMap(after)) return [[field, over(before, after)]];
      return [[field, after ?? null]];
    },
  );
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}
