import type { Kind, References, SpecOfKind } from './kinds.js';

/** The neighbours in an environment, and after them those of documents without environments, which are in any. */
export type ReferencesIn = (environment: string | undefined) => References;

interface Neighbour {
  readonly kind: Kind;
  readonly spec: SpecOfKind[Kind];
  readonly environment?: string | undefined;
}

/** All values of a run, by their environment and kind. */
export function referencesAmong(values: readonly Neighbour[]): ReferencesIn {
  const found = new Map<string | undefined, Map<Kind, SpecOfKind[Kind][]>>();
  for (const { kind, spec, environment } of values) {
    const kinds = found.get(environment) ?? new Map<Kind, SpecOfKind[Kind][]>();
    const ofKind = kinds.get(kind) ?? [];
    ofKind.push(spec);
    found.set(environment, kinds.set(kind, ofKind));
  }
  return (environment) =>
    <K extends Kind>(kind: K) =>
      [...new Set([environment, undefined])].flatMap(
        (place) => (found.get(place)?.get(kind) ?? []) as SpecOfKind[K][],
      );
}
