import type { Checked } from '../schema/constraint.js';
import { KINDS, type Kind, type SpecOfKind } from './kinds.js';
import type { Variant } from './variant.js';

const CHECKED = new WeakMap<Variant, Checked<SpecOfKind[Kind]>>();

/** Checks the props of a document in one environment, once. @param props those of the variant, without unknown keys */
export function checkVariant<K extends Kind>(
  kind: K,
  variant: Variant,
  props: object = variant.props,
): Checked<SpecOfKind[K]> {
  const checked = CHECKED.get(variant) ?? KINDS[kind].check(props);
  CHECKED.set(variant, checked);
  return checked as Checked<SpecOfKind[K]>;
}

/** The spec of a variant without problems. */
export function specOf<K extends Kind>(kind: K, variant: Variant): SpecOfKind[K] {
  const { app, problems } = checkVariant(kind, variant);
  if (problems !== undefined) throw new Error(`the ${kind} has problems`);
  return app;
}
