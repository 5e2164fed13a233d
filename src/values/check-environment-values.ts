import type { Checked } from '../schema/constraint.js';
import { KINDS, type Kind, type SpecOfKind } from './kinds.js';
import type { EnvironmentValues } from './environment-values.js';

const CHECKED = new WeakMap<EnvironmentValues, Checked<SpecOfKind[Kind]>>();

/** Checks the props of a document in one environment, once. @param props the environment's, without unknown keys */
export function checkEnvironmentValues<K extends Kind>(
  kind: K,
  variant: EnvironmentValues,
  props: object = variant.props,
): Checked<SpecOfKind[K]> {
  const checked = CHECKED.get(variant) ?? KINDS[kind].check(props);
  CHECKED.set(variant, checked);
  return checked as Checked<SpecOfKind[K]>;
}

/** The spec of a document in one environment, without problems. */
export function specOf<K extends Kind>(kind: K, variant: EnvironmentValues): SpecOfKind[K] {
  const { app, problems } = checkEnvironmentValues(kind, variant);
  if (problems !== undefined) throw new Error(`the ${kind} has problems`);
  return app;
}
