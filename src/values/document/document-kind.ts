import { expected, nearestName, oneOf } from '../../diagnostics/expected.js';
import { type FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { scalarText } from '../../diagnostics/scalar-text.js';
import { isMap } from '../../kubernetes/manifest.js';
import { documentSchema } from './document-schema.js';
import { DEFAULT_KIND, DOCUMENT_KINDS } from '../kinds.js';

type Fields = Readonly<Record<string, unknown>>;

const IMPORT = 'this is a manifest: worker-metrics import-helm makes a values file of it';
const IN_OBJECTS = 'this is a manifest: write it in objects of an application';

/** The kinds of manifests that `import-helm` reads as an application. */
const IMPORTED = new Set(['Deployment', 'List']);

/** The problem of the kind of a document; undefined if it is right. Which keys the document has depends on it. */
export function kindProblem(document: Fields): FieldDiagnostic | undefined {
  const { kind } = document;
  if (kind === undefined) return misspelledKey(document);
  if (DOCUMENT_KINDS.includes(kind as string)) return undefined;
  const hint = typeof kind === 'string' ? hintFor(kind, document) : undefined;
  return {
    path: ['kind'],
    message: expected(oneOf(DOCUMENT_KINDS), kind),
    ...(hint !== undefined && { hint }),
  };
}

function hintFor(kind: string, { metadata }: Fields): string | undefined {
  const near = nearestName(kind, DOCUMENT_KINDS);
  if (near !== undefined || !isMap(metadata)) return near;
  return IMPORTED.has(kind) ? IMPORT : IN_OBJECTS;
}

/** A key that is not known, and has a kind as its value or differs from `kind` in upper case only: `Kind: WorkerApp`. */
function misspelledKey(document: Fields): FieldDiagnostic | undefined {
  const known = documentSchema(DEFAULT_KIND).shape;
  const found = Object.entries(document).find(
    ([key, value]) =>
      !Object.hasOwn(known, key) &&
      (key.toLowerCase() === 'kind' || DOCUMENT_KINDS.some((kind) => kind === value)),
  );
  if (found === undefined) return undefined;
  const [key, value] = found;
  const near = DOCUMENT_KINDS.find((kind) => kind.toLowerCase() === scalarText(value).trim().toLowerCase());
  const hint = near === undefined ? 'did you mean "kind"?' : `write kind: ${near}`;
  return { path: [key], message: 'unknown key', hint, inKey: true };
}
