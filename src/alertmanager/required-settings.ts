import { at } from '../kubernetes/manifest.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { Path } from './settings.js';

/** A requirement of Alertmanager or the operator for the settings of one section. */
export interface Requirement {
  /** One of these settings must be set. `http_config.authorization` is a setting inside another. */
  readonly oneOf: readonly string[];
  /** The requirement applies only if this setting is set. @default - always */
  readonly when?: string;
  /** Whether none of them needs to be set. @default false */
  readonly orNone?: boolean;
  /** Whether at most one of them may be set. @default false */
  readonly only?: boolean;
  /** Whether Alertmanager takes the setting from its global ones, if it has them. @default false */
  readonly mayBeGlobal?: boolean;
  /** Settings under `global`, of which one is enough instead. @default - none */
  readonly global?: readonly string[];
}

type Settings = Readonly<Record<string, unknown>>;

/** Requirements that the settings of a section do not meet. */
export function requirementProblems(
  requirements: readonly Requirement[],
  settings: Settings,
  path: Path,
  global: Settings = {},
): FieldDiagnostic[] {
  return requirements.flatMap(({ oneOf, when, orNone = false, only = false, global: others = [] }) => {
    if (when !== undefined && (!isSet(settings, when) || settings[when] === false)) return [];
    const given = oneOf.filter((key) => isSet(settings, key));
    const [first, second] = given.filter((key) => settings[key] !== false);
    if (only && first !== undefined && second !== undefined)
      return [
        {
          path: [...path, second],
          message: `there is ${first} too`,
          hint: 'remove one of the two',
          inKey: true,
        },
      ];
    if (orNone || given.length > 0 || others.some((key) => isSet(global, key))) return [];
    const instead = others.length === 0 ? '' : `, or global.${inWords(others)}`;
    const why = when === undefined ? '' : ` beside ${when}`;
    return [{ path, message: `${inWords(oneOf)} is missing${why}`, hint: `set it here${instead}` }];
  });
}

/** Settings that are set twice: by value and by file. */
export function givenTwice(settings: Settings, path: Path): FieldDiagnostic[] {
  return Object.keys(settings)
    .filter((key) => isSet(settings, key) && isSet(settings, `${key}_file`))
    .map((key) => ({
      path: [...path, `${key}_file`],
      message: `there is ${key} too`,
      hint: 'remove one of the two',
      inKey: true,
    }));
}

/** Whether a setting is set. For Alertmanager, an empty text is not set. */
export function isSet(settings: Settings, key: string): boolean {
  const value = at(settings, ...key.split('.'));
  return value !== undefined && value !== null && value !== '';
}

/**
 * `api_url_file or app_token_file`. Of a setting that can be read from a file, only the `_file` is shown: it may be a
 * secret.
 */
function inWords(keys: readonly string[]): string {
  return keys.filter((key) => !keys.includes(`${key}_file`)).join(' or ');
}
