import { existsSync } from 'node:fs';
import { DELIVERY_FOLDER, deliveryPlaceOf, fileAt, placeOf } from '../output/layout.js';
import { DEFAULT_VALUES, readValuesNow, type ValuesSelection } from '../values/read-values.js';

/** What is published, and what else is known of it. */
export interface PublishedPart extends ValuesSelection {
  /** The environment whose folder is published alone, if one is. */
  readonly environment?: string | undefined;
  /** Paths in the mirrored folder of all that is published. */
  readonly files: ReadonlySet<string>;
}

/**
 * Why a manifest stays on the branch, though it is not published: a narrowed synthesis may have left it out, or another
 * publisher may own it. Values are read for the first such manifest.
 *
 * @returns a function from a path in the mirrored folder to the reason; undefined where the application is gone
 */
export function reasonsToKeep(part: PublishedPart): (file: string) => string | undefined {
  const { environment, files, output } = part;
  const folders = new Set([...files].map(environmentOf));
  let described: ReadonlySet<string> | 'unknown' | undefined;
  return (file) => {
    described ??= describedFiles(part);
    if (described === 'unknown') return 'the values have problems; run synth to see them';
    if (described.has(environment === undefined ? file : `${environment}/${file}`))
      return `it is not in ${output}, but values describe it; run synth`;
    const folder = environmentOf(file);
    return environment === undefined && folder !== '' && !folders.has(folder)
      ? `${output} has no environment ${folder}`
      : undefined;
  };
}

/** The manifests that values describe, by their paths in the output folder: the values given and the default folder. */
function describedFiles({ values: given, output }: ValuesSelection): ReadonlySet<string> | 'unknown' {
  const paths = [...given, DEFAULT_VALUES].filter((name) => name !== DEFAULT_VALUES || existsSync(name));
  const { values, problems } = readValuesNow({ values: paths, output });
  if (problems.length > 0) return 'unknown';
  const places = values.flatMap(({ spec: { name }, environment, delivery }) => [
    placeOf({ name, environment }),
    ...(delivery === undefined ? [] : [deliveryPlaceOf({ name, environment })]),
  ]);
  return new Set(places.map(fileAt));
}

/** The folder of the environment that a manifest is in; empty where it is in none. */
function environmentOf(file: string): string {
  const [first = '', ...rest] = file.split('/');
  return rest.length === 0 || first === DELIVERY_FOLDER ? '' : first;
}
