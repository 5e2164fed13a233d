import fc from 'fast-check';
import { stringify } from 'yaml';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import { loadOperatorModels } from '../../src/alertmanager/operator-models.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { ALERTMANAGER_CLUSTER_KEYS } from '../../src/stack/alertmanager/alertmanager-cluster-keys.js';
import { PROMETHEUS_SERVER_KEYS } from '../../src/stack/prometheus-server/prometheus-server-keys.js';
import { parseValues } from '../../src/values/parse-values.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import { runs } from '../runs.js';
import { anyProps } from '../schema/arbitrary-props.js';

beforeAll(loadOperatorModels);

const words = fc.constantFrom(
  '-k',
  '4',
  '--timeout',
  '30',
  '""',
  "'",
  'a=b',
  '-w',
  '--workers=3',
  '--preload',
  '-c',
);
const gunicorn = fc
  .array(words, { maxLength: 4 })
  .map((line) => ({ env: { GUNICORN_CMD_ARGS: line.join(' ') } }));

/** What no schema says: constraints of a command line, and keys that must be set together. */
const KINDS = [
  { kind: 'WorkerApp', keys: KEYS, more: fc.oneof(fc.constant({ other: 1 }), gunicorn), number: 80 },
  {
    kind: 'AlertmanagerCluster',
    keys: ALERTMANAGER_CLUSTER_KEYS,
    more: fc.constant({ config: { route: { receiver: 'team' }, receivers: [{ name: 'team' }] } }),
    number: 30,
  },
  {
    kind: 'PrometheusServer',
    keys: PROMETHEUS_SERVER_KEYS,
    more: fc.constant({ git: { repository: 'https://git.example.com/config.git', branch: 'main' } }),
    number: 30,
  },
];

test.each(KINDS)(
  'any $kind is refused with messages, or gives manifests that pass all checks',
  async (subject) => {
    const { kind, keys, more, number } = subject;
    const isOften = kind !== 'WorkerApp';
    const props = fc.oneof(
      { weight: isOften ? 1 : 20, arbitrary: anyProps(keys) },
      {
        weight: isOften ? 3 : 2,
        arbitrary: fc.tuple(anyProps(keys), more).map(([some, others]) => ({ ...some, ...others })),
      },
    );
    let synthesized = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(props, fc.boolean(), async (whole, asJson) => {
        const document = { kind, ...whole };
        const text = asJson ? JSON.stringify(document) : stringify(document, { version: '1.2' });
        const { values, problems } = parseValues([{ file: 'f.yaml', text }]);
        for (const line of problems.map(formatDiagnostic)) {
          expect(line).toMatch(/^f\.yaml:[0-9]+(:[0-9]+)?: .+/);
          expect(line).not.toMatch(/Invalid input|\n\s+at /); // our words, and never a stack
        }
        if (problems.length > 0) {
          refused += 1;
          return;
        }
        const made = [...synthesize(values, await chartsFor(values))];
        const errors = made.flatMap((one) => one.errors);
        // The user's own objects and patches are judged in the finished objects.
        expect(errors.filter(({ file }) => file !== 'f.yaml').map(formatDiagnostic)).toEqual([]);
        expect(made).toHaveLength(1);
        if (errors.length > 0) refused += 1;
        else synthesized += 1;
      }),
      { numRuns: runs(number) },
    );
    // Else the test would say little.
    expect(Math.min(synthesized, refused)).toBeGreaterThan(number / 10);
  },
);
