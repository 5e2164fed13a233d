import { fileAt, placeOf } from '../../output/layout.js';
import {
  type Diagnostic,
  errorAt,
  formatPlace,
  type Place,
  warningAt,
} from '../../diagnostics/diagnostic.js';
import type { EnvironmentValues } from '../document/environment-values.js';
import type { Kind } from '../kinds.js';
import type { ReadAgain } from './values-source.js';

/** A document's name in an environment, with its place. */
export interface Named {
  readonly kind: Kind;
  readonly name: string;
  /** Undefined for the default. */
  readonly namespace: unknown;
  readonly environment?: string | undefined;
  readonly place: () => Place;
}

/** @param again reads the values again, for their place */
export function nameIn(kind: Kind, environmentValues: EnvironmentValues, again: ReadAgain): Named[] {
  const { name, namespace } = environmentValues.value;
  const { environment } = environmentValues;
  if (typeof name !== 'string') return [];
  return [{ kind, name, namespace, environment, place: () => again().placeOfName() }];
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

/** Warns of a document without environments and another one with environments that describe the same objects. */
export function namesBesideEnvironments(names: readonly Named[]): Diagnostic[] {
  const without = new Map<string, Named>();
  for (const named of names) if (named.environment === undefined) without.set(objectKey(named), named);
  const reported = new Set<Named>();
  return names.flatMap((named): Diagnostic[] => {
    const other = without.get(objectKey(named));
    if (named.environment === undefined || other === undefined || reported.has(other)) return [];
    reported.add(other);
    const files = [other, named].map((one) => fileAt(placeOf(one))).join(' and ');
    const message = `${JSON.stringify(named.name)}: ${formatPlace(other.place())} has this name, too, without environments: ${files} describe the same objects`;
    const hint = 'write one document with environments, or rename one';
    return [warningAt(named.place(), message, hint)];
  });
}

function objectKey({ kind, name, namespace = 'default' }: Named): string {
  return JSON.stringify([kind, namespace, name]);
}
