import { fileAt, placeOf } from '../output/layout.js';
import { type Diagnostic, errorAt, formatPlace, type Place } from '../diagnostics/diagnostic.js';
import type { EnvironmentValues } from './environment-values.js';
import type { ReadAgain } from './values-source.js';

/** A document's name in an environment, with its place. */
export interface Named {
  readonly name: string;
  readonly environment?: string | undefined;
  readonly place: () => Place;
}

/** @param again reads the values again, for their place */
export function nameIn(environmentValues: EnvironmentValues, again: ReadAgain): Named[] {
  const { name } = environmentValues.value;
  const { environment } = environmentValues;
  return typeof name === 'string' ? [{ name, environment, place: () => again().placeOfName() }] : [];
}

/** Reports documents that would write the same file. In the same namespace, they would also be the same object. */
export function duplicateNames(names: readonly Named[]): Diagnostic[] {
  const first = new Map<string, Named>();
  const reported = new Set<string>();
  return names.flatMap((later) => {
    const { name } = later;
    const output = fileAt(placeOf(later));
    const earlier = first.get(output);
    if (earlier === undefined) {
      first.set(output, later);
      return [];
    }
    const place = later.place();
    const placeOfEarlier = formatPlace(earlier.place());
    // Two names may be equal in every environment: report them once.
    const places = `${formatPlace(place)} ${placeOfEarlier}`;
    if (reported.has(places)) return [];
    reported.add(places);
    const what = `${placeOfEarlier} has this name too, and both would write ${output}`;
    return [errorAt(place, `${JSON.stringify(name)}: ${what}`, 'rename one')];
  });
}
