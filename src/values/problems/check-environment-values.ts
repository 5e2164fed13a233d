import type { Checked } from '../../schema/constraint.js';
import { KINDS, type Kind, type SpecOfKind } from '../kinds.js';
import type { EnvironmentValues } from '../document/environment-values.js';

const CHECKED = new WeakMap<EnvironmentValues, Checked<SpecOfKind[Kind]>>();

/** Checks the props of a document in one environment, once. @param props the environment's, without unknown keys */
export function checkEnvironmentValues<K extends Kind>(
  kind: K,
  environmentValues: EnvironmentValues,
  props: object = environmentValues.props,
): Checked<SpecOfKind[K]> {
  const checked = CHECKED.get(environmentValues) ?? KINDS[kind].check(props);
  CHECKED.set(environmentValues, checked);
  return checked as Checked<SpecOfKind[K]>;
}

/** The spec of a document in one environment, without problems. */
export function specOf<K extends Kind>(kind: K, environmentValues: EnvironmentValues): SpecOfKind[K] {
  const { app, problems } = checkEnvironmentValues(kind, environmentValues);
  if (problems !== undefined) throw new Error(`the ${kind} has problems`);
  return app;
}
