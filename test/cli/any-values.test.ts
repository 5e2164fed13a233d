import fc from 'fast-check';
import { stringify } from 'yaml';
import { synthesize } from '../../charts/synthesize.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import { anyProps } from '../schema/arbitrary-props.js';
import { runs } from '../runs.js';

/** Words of a command line that another test reads one by one. */
const args = fc
  .array(
    fc.constantFrom('-k', '4', '--timeout', '30', '""', "'", 'a=b', '-w', '--workers=3', '--preload', '-c'),
    {
      maxLength: 4,
    },
  )
  .map((words) => ({ env: { GUNICORN_CMD_ARGS: words.join(' ') } }));
const values = fc.oneof(
  { weight: 20, arbitrary: anyProps(KEYS) },
  { weight: 1, arbitrary: fc.tuple(anyProps(KEYS), args).map(([props, env]) => ({ ...props, ...env })) },
  { weight: 1, arbitrary: anyProps(KEYS).map((props) => ({ ...props, other: 1 })) },
);

test('any values file is refused with messages, or gives manifests that pass all checks', () => {
  let synthesized = 0;
  let refused = 0;
  fc.assert(
    fc.property(values, fc.boolean(), (whole, asJson) => {
      const text = asJson ? JSON.stringify(whole) : stringify(whole, { version: '1.2' });
      const { values: parsed, problems } = parseValues([{ file: 'f.yaml', text }]);
      for (const line of problems.map(formatDiagnostic)) {
        expect(line).toMatch(/^f\.yaml:[0-9]+(:[0-9]+)?: .+/);
        expect(line).not.toMatch(/Invalid input|\n\s+at /); // our words, and never a stack
      }
      if (problems.length > 0) {
        refused += 1;
        return;
      }
      const made = [...synthesize(parsed)];
      expect(made.flatMap(({ findings }) => findings.map(formatDiagnostic))).toEqual([]);
      expect(made).toHaveLength(1);
      synthesized += 1;
    }),
    { numRuns: runs(120) },
  );
  expect(Math.min(synthesized, refused)).toBeGreaterThan(20); // else the test would say little
});
