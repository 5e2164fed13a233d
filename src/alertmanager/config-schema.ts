import { isMap } from '../kubernetes/manifest.js';
import { unknownKey } from '../schema/field-diagnostics.js';
import { memo } from '../memo.js';
import { expected } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { choiceProblem, FORMATS } from './config-formats.js';
import { SECTIONS } from './config-sections.js';
import type { Path } from './settings.js';

/** The kind of each setting, by section. */
const kinds = memo(
  () =>
    new Map(
      Object.entries(SECTIONS).map(([section, settings]) => [
        section,
        new Map(
          Object.entries(settings).flatMap(([kind, names]) =>
            names.split(' ').map((name) => [name, kind] as const),
          ),
        ),
      ]),
    ),
);

/** A section of a configuration, with its path and its settings. */
export interface Section {
  /** Its name in SECTIONS. */
  readonly name: string;
  readonly path: Path;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Values that Alertmanager refuses, at any depth of a configuration. */
export function valueProblemsIn(config: unknown, path: Path): FieldDiagnostic[] {
  return valueProblems('Config', config, path);
}

/** Settings that Alertmanager does not know, at any depth of a configuration. */
export function unknownSettings(config: unknown, path: Path): FieldDiagnostic[] {
  return sectionsIn(config, path).flatMap(({ name, settings, path }) => {
    const known = [...(kinds().get(name)?.keys() ?? [])];
    return Object.keys(settings).flatMap((key) =>
      known.includes(key) ? [] : [unknownKey([...path, key], known)],
    );
  });
}

/** The sections of a configuration, at any depth. */
export function sectionsIn(config: unknown, path: Path, kind = 'Config'): Section[] {
  if (kind.endsWith('[]'))
    return Array.isArray(config)
      ? config.flatMap((item, i) => sectionsIn(item, [...path, i], kind.slice(0, -2)))
      : [];
  // An empty item of a receiver is a section without settings.
  if (config === null && String(path.at(-2)).endsWith('_configs')) return sectionsIn({}, path, kind);
  if (!isMap(config)) return [];
  if (kind.startsWith('{'))
    return Object.entries(config).flatMap(([key, value]) =>
      sectionsIn(value, [...path, key], kind.slice(1, -1)),
    );
  const name = sectionOf(kind);
  const settings = kinds().get(name);
  if (settings === undefined) return [];
  return [
    { name, path, settings: config },
    ...Object.entries(config).flatMap(([key, value]) => sectionsIn(value, [...path, key], settings.get(key))),
  ];
}

/** The section in a kind that accepts a section or a text. */
function sectionOf(kind: string): string {
  return kind.replace(/\|text$/, '');
}

/** Problems of a value. For null or no value, Alertmanager uses its default. */
function valueProblems(kind: string, value: unknown, path: Path): FieldDiagnostic[] {
  if (value === undefined || value === null) return [];
  if (kind.endsWith('[]')) {
    return Array.isArray(value)
      ? value.flatMap((item, i) => valueProblems(kind.slice(0, -2), item, [...path, i]))
      : [{ path, message: expected('a list', value) }];
  }
  if (kind.startsWith('{')) {
    return isMap(value)
      ? Object.entries(value).flatMap(([key, inner]) =>
          inner === null && kind === '{regex}'
            ? formatProblems('regex', inner, [...path, key])
            : valueProblems(kind.slice(1, -1), inner, [...path, key]),
        )
      : [{ path, message: expected('a map', value) }];
  }
  if (kind.endsWith('|text') && !isMap(value)) return valueProblems('text', value, path);
  const settings = kinds().get(sectionOf(kind));
  return settings === undefined ? formatProblems(kind, value, path) : settingProblems(settings, value, path);
}

function settingProblems(
  settings: ReadonlyMap<string, string>,
  value: unknown,
  path: Path,
): FieldDiagnostic[] {
  if (!isMap(value)) return [{ path, message: expected('a map', value) }];
  return Object.entries(value).flatMap(([key, inner]) => {
    const kind = settings.get(key);
    return kind === undefined ? [] : valueProblems(kind, inner, [...path, key]);
  });
}

function formatProblems(kind: string, value: unknown, path: Path): FieldDiagnostic[] {
  const message = kind.startsWith('=')
    ? choiceProblem(kind.slice(1).split('|'), value)
    : FORMATS[kind]?.(value);
  return message === undefined ? [] : [{ path, message }];
}
