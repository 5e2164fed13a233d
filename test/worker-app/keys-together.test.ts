import fc from 'fast-check';
import { loadOperatorModels } from '../../src/alertmanager/operator-models.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import { strictProblems } from '../kubernetes-shapes/strict-manifest.js';
import { runs } from '../runs.js';
import { anyProps } from '../schema/arbitrary-props.js';
import { validPart } from './valid-part.js';

beforeAll(loadOperatorModels);

test('any keys together are refused with their places; without the refused keys, they give manifests that are valid', async () => {
  const numbersOfKeys: number[] = [];
  await fc.assert(
    fc.asyncProperty(anyProps(KEYS, Infinity), async (props) => {
      const { keys, manifests, errors } = await validPart(props);

      for (const line of errors.map(formatDiagnostic)) {
        expect(line).toMatch(/^f\.yaml:[0-9]+(:[0-9]+)?: .+/);
        expect(line).not.toMatch(/Invalid input|\n\s+at /); // our words, and never a stack
      }
      expect(manifests.flatMap(strictProblems)).toEqual([]);
      numbersOfKeys.push(keys.length);
    }),
    { numRuns: runs(15) },
  );
  // Else the test would say little.
  expect(Math.max(...numbersOfKeys)).toBeGreaterThan(20);
});
