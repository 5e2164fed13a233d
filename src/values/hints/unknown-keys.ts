import { nearest } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { unknownKey, unknownKeys } from '../../schema/field-diagnostics.js';
import { documentSchema } from '../document/document-schema.js';
import type { EnvironmentValues } from '../document/environment-values.js';
import { KINDS, type Kind } from '../kinds.js';
import { emptyKeyBefore, isLikeEnvironment, keysInside, writeInstead } from './misplaced-keys.js';
import { ENVIRONMENTS } from '../document/written-document.js';

/** The values without unknown keys, and the problems of these keys. */
interface KnownProps {
  readonly props: object;
  readonly unknown: FieldDiagnostic[];
  /** Keys that may be missing, because they are in the value of an unknown key, or misspelled. */
  readonly elsewhere: readonly string[];
}

/** Separates the unknown keys from the values. @param not keys that are known, but not suggested */
export function knownProps(
  kind: Kind,
  environmentValues: EnvironmentValues,
  not: readonly string[] = [],
): KnownProps {
  const { props, value } = environmentValues;
  const { shape } = documentSchema(kind);
  const unknown = Object.keys(props).filter((key) => !Object.hasOwn(shape, key));
  if (unknown.length === 0) return { props, elsewhere: [], unknown: [] };
  const suggested = Object.keys(shape).filter((key) => !not.includes(key));
  const missing = Object.entries(KINDS[kind].keys).flatMap(([key, { isRequired }]) =>
    isRequired && !Object.hasOwn(props, key) ? [key] : [],
  );
  return {
    props: without(unknown, props),
    elsewhere: unknown.flatMap((key) => [
      ...keysInside(value[key], missing),
      ...[nearest(key, suggested)].filter((near) => near !== undefined),
    ]),
    unknown: unknownKeys(unknown, (key) => {
      const around = emptyKeyBefore(kind, key, value);
      const instead =
        writeInstead(kind, key, value[key], missing) ??
        (around && `indent it, if it belongs to ${around}`) ??
        (isLikeEnvironment(kind, key, value[key])
          ? `write it in ${ENVIRONMENTS}, if it is an environment`
          : undefined);
      return instead === undefined
        ? unknownKey(
            [key],
            isOfBase(environmentValues, key) ? [...suggested, 'kind', ENVIRONMENTS] : suggested,
          )
        : { path: [key], message: 'unknown key', hint: instead, inKey: true };
    }),
  };
}

function without(keys: readonly string[], map: object): Readonly<Record<string, unknown>> {
  const left = new Set(keys);
  return Object.fromEntries(Object.entries(map).filter(([key]) => !left.has(key)));
}

function isOfBase(environmentValues: EnvironmentValues, key: string): boolean {
  const { environment, set } = environmentValues.originOf([key]);
  return environment === undefined && set === undefined;
}
