import type { Kind, References, SpecOfKind } from '../kinds.js';

/** The specs in an environment, followed by those of documents without environments, which are in each. */
export type ReferencesIn = (environment: string | undefined) => References;

/** The valid values of a document. */
export interface SpecInEnvironment {
  readonly kind: Kind;
  readonly spec: SpecOfKind[Kind];
  readonly environment?: string | undefined;
}

/** Indexes the values of a run by environment and kind. */
export function referencesAmong(values: readonly SpecInEnvironment[]): ReferencesIn {
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
