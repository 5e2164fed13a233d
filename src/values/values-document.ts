import { DNS_1123_LABEL, matches } from '../kubernetes/text-formats.js';
import { DELIVERY_FOLDER } from '../output/layout.js';
import { nearestName, expected } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { documentSchema } from './document-schema.js';
import { DEFAULT_KIND, KINDS, type Kind } from './kinds.js';
import { isMap } from '../kubernetes/manifest.js';
import { ENVIRONMENTS, EnvironmentValues } from './environment-values.js';
import type { SetValue } from './set-values.js';
import type { YamlDocument } from '../yaml/yaml-document.js';

/** A document of a values file: its kind, and its values in each environment. */
export interface ValuesDocument {
  readonly kind: Kind;
  /** One for each environment; a single one, without a name, if there are no environments. */
  readonly environments: readonly EnvironmentValues[];
}

/**
 * Reads a document: its valid parts, and the problems of the document as a whole.
 * @param sets values to put over those of documents with their names
 */
export function readDocument(
  yaml: YamlDocument,
  sets: readonly SetValue[] = [],
): {
  readonly document?: ValuesDocument;
  readonly problems: readonly FieldDiagnostic[];
} {
  const { value } = yaml;
  if (!isMap(value)) {
    return {
      problems: [{ path: [], message: expected('a map with name, image, workers and others', value) }],
    };
  }
  const { kind = DEFAULT_KIND, [ENVIRONMENTS]: given, ...base } = value;
  if (!isKind(kind)) {
    const hint = typeof kind === 'string' ? nearestName(kind, Object.keys(KINDS)) : undefined;
    const message = expected(Object.keys(KINDS).join(' or '), kind);
    return { problems: [{ path: ['kind'], message, ...(hint !== undefined && { hint }) }] };
  }
  const schema = documentSchema(kind);
  if (given === undefined)
    return {
      document: { kind, environments: [new EnvironmentValues({ yaml, schema, base }, sets)] },
      problems: [],
    };
  if (!isMap(given) || Object.keys(given).length === 0) {
    const message = expected('a map of environments, such as dev: {…}', given);
    return { problems: [{ path: [ENVIRONMENTS], message }] };
  }
  const problems: FieldDiagnostic[] = [];
  const environments = Object.entries(given).flatMap(([name, values]) => {
    const wrong = environmentProblems(name, values);
    problems.push(...wrong);
    return wrong.length > 0
      ? []
      : [
          new EnvironmentValues(
            { yaml, schema, base, environment: name, given: isMap(values) ? values : {} },
            sets,
          ),
        ];
  });
  return { document: { kind, environments }, problems };
}

function isKind(kind: unknown): kind is Kind {
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind);
}

function environmentProblems(name: string, given: unknown): FieldDiagnostic[] {
  const path = [ENVIRONMENTS, name];
  if (!matches(DNS_1123_LABEL, name))
    return [{ path, message: expected(DNS_1123_LABEL.what, name), inKey: true }];
  if (name === DELIVERY_FOLDER) {
    const message = `"${name}" is the name of the folder for Argo CD and Flux`;
    const hint = 'choose another name';
    return [{ path, message, hint, inKey: true }];
  }
  if (given === null) return []; // an environment without differences
  if (!isMap(given)) return [{ path, message: expected('a map of values that differ from the base', given) }];
  return ['kind', ENVIRONMENTS]
    .filter((key) => Object.hasOwn(given, key))
    .map((key) => ({
      path: [...path, key],
      message: 'belongs to the document, not to an environment',
      hint: 'move it out of environments',
      inKey: true,
    }));
}
