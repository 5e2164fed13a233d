import { stringify } from 'yaml';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { textAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { parseValues } from '../../src/values/parse-values.js';

export type Document = Readonly<Record<string, unknown>>;

/** What is left of a document without its refused keys. */
export interface ValidPart {
  readonly keys: readonly string[];
  /** Its manifests, without those that the user wrote or patched: they may have any field. */
  readonly manifests: readonly Manifest[];
  /** The errors that led here. */
  readonly errors: readonly Diagnostic[];
}

/** Values of the required keys that no other key refuses. */
const SMALLEST: Document = { name: 'shop', image: 'example.com/shop:1', workers: 2 };

/** Leaves out refused keys until the rest is valid. `loadOperatorModels` comes first. */
export async function validPart(given: Document): Promise<ValidPart> {
  let document = given;
  let result = await synthesized(document);
  const errors: Diagnostic[] = [];
  while (result.errors.length > 0) {
    errors.push(...result.errors);
    document = withoutRefused(document, result.errors);
    result = await synthesized(document);
  }
  const theirs = new Set([...ownObjects(document), ...patchedObjects(document)]);
  const manifests = result.manifests.filter((manifest) => !theirs.has(kindAndName(manifest)));
  return { keys: Object.keys(document), manifests, errors };
}

async function synthesized(
  document: Document,
): Promise<{ readonly manifests: readonly Manifest[]; readonly errors: readonly Diagnostic[] }> {
  const text = stringify(document, { version: '1.2' });
  const { values, problems } = parseValues([{ file: 'f.yaml', text }]);
  if (problems.length > 0) return { manifests: [], errors: problems };
  const made = [...synthesize(values, await chartsFor(values))];
  return {
    manifests: made.flatMap(({ manifests }) => manifests),
    errors: made.flatMap(({ errors }) => errors),
  };
}

/** The document without the keys that the errors are about. A required key gets its smallest value. */
function withoutRefused(document: Document, errors: readonly Diagnostic[]): Document {
  const keys = Object.keys(document).filter((key) => document[key] !== SMALLEST[key]);
  const about = new Set(
    errors.map(
      ({ hint, field }) => /caused by (\w+)/.exec(hint ?? '')?.[1] ?? /^\w*/.exec(field ?? '')?.[0] ?? '',
    ),
  );
  const refused = keys.filter((key) => about.has(key));
  if (keys.length === 0) throw new Error(`the smallest values are refused: ${errors[0]?.message ?? ''}`);
  const left = keys.filter((key) => !(refused.length > 0 ? refused : keys.slice(-1)).includes(key));
  return { ...SMALLEST, ...Object.fromEntries(left.map((key) => [key, document[key]])) };
}

function ownObjects({ objects = [] }: Document): string[] {
  return (objects as Manifest[]).map(kindAndName);
}

function patchedObjects({ patches = [] }: Document): string[] {
  return (patches as Manifest[]).map(
    (patch) => `${textAt(patch, 'target', 'kind')} ${textAt(patch, 'target', 'name')}`,
  );
}

/** The namespace of the user's own objects is filled in. */
function kindAndName(manifest: Manifest): string {
  return `${textAt(manifest, 'kind')} ${textAt(manifest, 'metadata', 'name')}`;
}
