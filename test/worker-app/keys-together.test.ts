import fc from 'fast-check';
import { stringify } from 'yaml';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import { loadOperatorModels } from '../../src/alertmanager/operator-models.js';
import { formatDiagnostic, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { textAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { parseValues } from '../../src/values/parse-values.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import { strictProblems } from '../kubernetes-shapes/strict-manifest.js';
import { runs } from '../runs.js';
import { anyProps } from '../schema/arbitrary-props.js';

beforeAll(loadOperatorModels);

type Document = Readonly<Record<string, unknown>>;

interface Result {
  readonly manifests: readonly Manifest[];
  readonly errors: readonly Diagnostic[];
}

/** Values of the required keys that no other key refuses. */
const SMALLEST: Document = { name: 'shop', image: 'example.com/shop:1', workers: 2 };

test('any keys together are refused with their places; without the refused keys, they give manifests that are valid', async () => {
  const numbersOfKeys: number[] = [];
  await fc.assert(
    fc.asyncProperty(anyProps(KEYS, Infinity), async (props) => {
      let document: Document = props;
      let result = await synthesized(document);
      while (result.errors.length > 0) {
        for (const line of result.errors.map(formatDiagnostic)) {
          expect(line).toMatch(/^f\.yaml:[0-9]+(:[0-9]+)?: .+/);
          expect(line).not.toMatch(/Invalid input|\n\s+at /); // our words, and never a stack
        }
        document = withoutRefused(document, result.errors);
        result = await synthesized(document);
      }
      const own = new Set(((document['objects'] ?? []) as Manifest[]).map(kindAndName));
      const ours = result.manifests.filter((manifest) => !own.has(kindAndName(manifest)));
      expect(ours.flatMap(strictProblems)).toEqual([]);
      numbersOfKeys.push(Object.keys(document).length);
    }),
    { numRuns: runs(15) },
  );
  // Else the test would say little.
  expect(Math.max(...numbersOfKeys)).toBeGreaterThan(20);
});

async function synthesized(document: Document): Promise<Result> {
  const text = stringify(document, { version: '1.2' });
  const { values, problems } = parseValues([{ file: 'f.yaml', text }]);
  if (problems.length > 0) return { manifests: [], errors: problems };
  const made = [...synthesize(values, await chartsFor(values))];
  return {
    manifests: made.flatMap(({ manifests }) => manifests),
    errors: made.flatMap(({ errors }) => errors),
  };
}

/** The namespace of the user's own objects is filled in. */
function kindAndName(manifest: Manifest): string {
  return `${textAt(manifest, 'kind')} ${textAt(manifest, 'metadata', 'name')}`;
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
