import path from 'node:path';
import {
  type Diagnostic,
  errorAt,
  type FieldDiagnostic,
  formatPlace,
  placed,
} from '../../diagnostics/diagnostic.js';
import { valueAt } from '../../diagnostics/field-path.js';
import { isMap } from '../../kubernetes/manifest.js';
import { fieldDiagnostics } from '../../schema/field-diagnostics.js';
import { documentProblems } from './document-problems.js';
import { kindProblem } from '../document/document-kind.js';
import { documentSchema } from '../document/document-schema.js';
import { EnvironmentValues } from '../document/environment-values.js';
import {
  defaultsDocument,
  isStream,
  type DefaultsDocument,
  type FolderDefaults,
} from '../document/folder-defaults.js';
import { DEFAULT_KIND, DEFAULTS } from '../kinds.js';
import { withAdvice } from '../hints/problem-advice.js';
import { DEFAULTS_FILES } from '../files/sources.js';
import { knownProps } from '../hints/unknown-keys.js';
import { ENVIRONMENTS } from '../document/written-document.js';
import type { YamlDocument } from '../../yaml/yaml-document.js';

/** The problems of a document of kind Defaults that it has whatever the applications are. */
export function defaultsProblems(yaml: YamlDocument, defaults: FolderDefaults): Diagnostic[] {
  const document = defaults.all.find((one) => one.yaml.file === yaml.file && one.yaml.value === yaml.value);
  if (document === undefined) return [inAnotherFile(yaml), ...valueProblems(defaultsDocument(yaml), [])];
  const instead = defaults.insteadOf(document);
  return [
    ...(instead === undefined ? [] : [severalInFolder(document, instead)]),
    ...valueProblems(document, defaults.outside(document)),
  ];
}

function inAnotherFile(yaml: YamlDocument): Diagnostic {
  const [name = ''] = DEFAULTS_FILES;
  const to = path.join(path.dirname(yaml.file), name);
  return errorAt(
    placeIn(yaml, ['kind']),
    `${DEFAULTS} are read from files with the name ${DEFAULTS_FILES.join(' or ')} only`,
    `move this document to ${to}`,
  );
}

function severalInFolder({ yaml }: DefaultsDocument, other: DefaultsDocument): Diagnostic {
  const where = isStream(yaml.file) ? 'these applications' : 'this folder';
  return errorAt(
    placeIn(yaml, ['kind']),
    `${formatPlace(placeIn(other.yaml, ['kind']))} contains Defaults for ${where}, too`,
    'write all values in one of the two',
  );
}

function valueProblems(document: DefaultsDocument, outside: readonly DefaultsDocument[]): Diagnostic[] {
  const { yaml, environments: given } = document;
  const schema = documentSchema(DEFAULT_KIND);
  const environments = [...(given?.keys() ?? [undefined])].map(
    (environment) => new EnvironmentValues({ schema, documents: [...outside, document], environment }),
  );
  return [
    ...document.problems.map((problem) => placed(problem, placeIn(yaml, problem.path, problem.inKey))),
    ...ownNames(yaml),
    ...documentProblems({ kind: DEFAULT_KIND, environments }, environments, partProblems)
      .filter(({ isInherited }) => !isInherited)
      .map(({ problem }) => problem),
  ];
}

/** Problems of values that may be part of an application's: no key is required, and maps may be incomplete. */
function partProblems(values: EnvironmentValues): FieldDiagnostic[] {
  const { props, unknown } = knownProps(DEFAULT_KIND, values, ['name']);
  const { delivery } = values.value;
  const whole = { ...props, ...(delivery !== undefined && { delivery }) };
  const wrong = fieldDiagnostics(documentSchema(DEFAULT_KIND), whole).filter(({ path, inKey }) => {
    const value = valueAt(whole, path);
    return inKey || (value !== undefined && !isMap(value));
  });
  return withAdvice([...unknown, ...wrong], DEFAULT_KIND, values, true);
}

/** Names in Defaults: each application has its own. */
function ownNames(yaml: YamlDocument): Diagnostic[] {
  const { [ENVIRONMENTS]: environments, ...base } = yaml.value as Readonly<Record<string, unknown>>;
  const parts: [string[], unknown][] = [
    [[], base],
    ...Object.entries(isMap(environments) ? environments : {}).map(([name, values]): [string[], unknown] => [
      [ENVIRONMENTS, name],
      values,
    ]),
  ];
  return parts
    .filter(([, values]) => isMap(values) && Object.hasOwn(values, 'name'))
    .map(([around]) =>
      errorAt(
        placeIn(yaml, [...around, 'name'], true),
        'each application has a name of its own',
        'write name in the files of the applications',
      ),
    );
}

/** Reports a document in the file for Defaults that lacks its kind (see `lacksKind`). */
export function withoutKind(yaml: YamlDocument): Diagnostic {
  const wrong = kindProblem(yaml.value as Readonly<Record<string, unknown>>);
  if (wrong !== undefined) return placed(wrong, placeIn(yaml, wrong.path, wrong.inKey));
  const { line } = yaml.positionOf([]);
  return errorAt(
    { file: yaml.file, line, field: 'kind' },
    `missing; this file has the name of ${DEFAULTS}, and no application in it`,
    `write kind: ${DEFAULTS} for values of all applications in this folder and below, or name for an application`,
  );
}

/** The place of a value, or of its key, in a document. */
export function placeIn(yaml: YamlDocument, path: readonly (string | number)[], inKey = false) {
  return { file: yaml.file, ...yaml.positionOf(path, inKey), field: path.join('.') };
}
