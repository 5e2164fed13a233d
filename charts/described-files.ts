import { existsSync } from 'node:fs';
import { deliveryPlaceOf, fileAt, placeOf } from '../src/output/layout.js';
import { DEFAULT_VALUES, readValues, type ValuesSelection } from './read-values.js';

/**
 * The manifests that values describe, by their paths in the output folder: of the values given and of the default folder.
 * Undefined where the values have problems.
 */
export function describedFiles({ values: given, output }: ValuesSelection): ReadonlySet<string> | undefined {
  const paths = [...given, DEFAULT_VALUES].filter((name) => name !== DEFAULT_VALUES || existsSync(name));
  const { values, problems } = readValues({ values: paths, output });
  if (problems.length > 0) return undefined;
  const places = values.flatMap(({ props: { name }, environment, delivery }) => [
    placeOf({ name, environment }),
    ...(delivery === undefined ? [] : [deliveryPlaceOf({ name, environment })]),
  ]);
  return new Set(places.map(fileAt));
}
