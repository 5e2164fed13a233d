import { existsSync } from 'node:fs';
import { DELIVERY_FOLDER, deliveryPlaceOf, fileAt, placeOf } from '../output/layout.js';
import { readValuesNow, type ValuesSelection } from '../values/read-values.js';
import { DEFAULT_VALUES } from '../values/files/sources.js';

/** The published manifests, and the values that describe them. */
export interface PublishedPart extends ValuesSelection {
  /** The only environment to publish. @default - the whole output folder */
  readonly environment?: string | undefined;
  /** Paths of the published files in the mirrored folder. */
  readonly files: ReadonlySet<string>;
}

/**
 * Why a manifest that is not published stays on the branch: a run for some values only may have left it out, or another
 * publisher may own it. Values are read once, for the first of these manifests.
 *
 * @returns a function from a path in the mirrored folder to the reason; undefined if the application was removed
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

/** Paths, in the output folder, of the manifests that the given values and the default folder describe. */
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

/** The folder of a manifest's environment; empty without an environment. */
function environmentOf(file: string): string {
  const [first = '', ...rest] = file.split('/');
  return rest.length === 0 || first === DELIVERY_FOLDER ? '' : first;
}
