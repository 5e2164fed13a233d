import { expected } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { kindProblem } from './document-kind.js';
import { documentSchema } from './document-schema.js';
import type { FolderDefaults } from './folder-defaults.js';
import { DEFAULT_KIND, DEFAULTS, type Kind } from '../kinds.js';
import { isMap } from '../../kubernetes/manifest.js';
import { EnvironmentValues } from './environment-values.js';
import type { SetValue } from '../set-values.js';
import { writtenDocument } from './written-document.js';
import type { YamlDocument } from '../../yaml/yaml-document.js';

/** A document of a values file: its kind, and its values in each environment. */
export interface ValuesDocument {
  readonly kind: Kind;
  /** One for each environment; a single one, without a name, if there are no environments. */
  readonly environments: readonly EnvironmentValues[];
}

/** The values around those of a document. */
export interface AroundDocument {
  /** Values to put over those of documents with their names. @default - none */
  readonly sets?: readonly SetValue[];
  /** Values below those of applications. @default - none */
  readonly defaults?: FolderDefaults;
}

/** Reads a document: its valid parts, and the problems of the document as a whole. Nothing for a document of Defaults. */
export function readDocument(
  yaml: YamlDocument,
  { sets, defaults }: AroundDocument = {},
): {
  readonly document?: ValuesDocument;
  readonly problems: readonly FieldDiagnostic[];
} {
  const { value } = yaml;
  if (!isMap(value)) {
    return {
      problems: [
        {
          path: [],
          message: expected('a map with name, image, workers and others', value),
          ...formHint(value),
        },
      ],
    };
  }
  const wrongKind = kindProblem(value);
  if (wrongKind !== undefined) return { problems: [wrongKind] };
  if (value['kind'] === DEFAULTS) return { problems: [] };
  const kind = (value['kind'] ?? DEFAULT_KIND) as Kind;
  const { written, problems } = writtenDocument(yaml, value);
  if (written === undefined) return { problems };
  const schema = documentSchema(kind);
  const documents = [...(kind === DEFAULT_KIND ? (defaults?.above(yaml.file) ?? []) : []), written];
  const environments = [...(written.environments?.keys() ?? [undefined])].map(
    (environment) => new EnvironmentValues({ schema, documents, environment }, sets),
  );
  return { document: { kind, environments }, problems };
}

/** The fix of a document that is no map: `name:shop`, or the list of one application. */
function formHint(value: unknown): { readonly hint?: string } {
  if (Array.isArray(value)) return { hint: 'remove the "- ", and write --- between two applications' };
  return typeof value === 'string' && /^[A-Za-z]+:\S/.test(value)
    ? { hint: 'add a space after each colon' }
    : {};
}
