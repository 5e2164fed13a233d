import fc from 'fast-check';
import { stringify } from 'yaml';
import { synthesize } from '../../charts/synthesize.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';

// Whatever stands in a values file: it is refused with messages, or gives manifests that pass all checks.

/** Mostly from the first, so that many wholes are right. */
function mostly<T, U>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 40, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

const anything = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom<unknown>(
    null,
    '',
    '5',
    0,
    -1,
    2.5,
    1e300,
    true,
    [],
    {},
    'a b',
    'ä',
    '__proto__',
    'x'.repeat(300),
  ),
);
const field = (right: fc.Arbitrary<unknown>) => mostly(right, anything);

const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
const port = fc.oneof(
  fc.integer({ min: 1024, max: 65_535 }),
  fc.integer({ min: 7990, max: 8110 }),
  fc.constantFrom(1, 80, 1023, 1024, 65_434, 65_435, 65_436, 65_534, 65_535),
);
const workers = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom(1, 99, 100));
const duration = fc
  .tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom('ms', 's', 'm', 'h', 'y'))
  .map((parts) => parts.join(''));
const quantity = fc.oneof(
  fc.tuple(fc.nat(5000), fc.constantFrom('', 'm', 'k', 'Ki', 'Mi', 'Gi', 'E')).map((parts) => parts.join('')),
  fc.nat(),
  fc.nat(1_000_000).map((thousandths) => thousandths / 1000),
  fc.constantFrom('0', '.5', '1.', '007', '0.0000001Mi', '99999999999999999999999Ei', 1e21, 1e-9, null),
);
const resourceName = mostly(
  fc.constantFrom('cpu', 'memory', 'ephemeral-storage', 'nvidia.com/gpu', 'hugepages-2Mi'),
  fc.string(),
);
const quantities = fc.option(fc.dictionary(resourceName, field(quantity), { maxKeys: 3 }));
const args = fc.array(
  mostly(
    fc.constantFrom('-k', '4', '--timeout', '30', '""', "'", 'a=b'),
    fc.constantFrom('-w', '--workers=3', '--preload', '-c'),
  ),
  {
    maxLength: 4,
  },
);
const env = fc.dictionary(
  mostly(
    fc.constantFrom('A', 'B_2', 'DJANGO_SETTINGS_MODULE', 'PATH', 'toString', '__proto__'),
    fc.constantFrom('WEB_CONCURRENCY', 'METRICS_START_PORT', '1A', '', 'A=B', 'ä'),
  ),
  field(
    fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
      fc.constantFrom('yes', '012', '5', '', ' ', '12:30', '=', 'a\nb', '$(A)', '\u2028', '😀'),
      fc.record({ secret: label, key: label }),
      fc.record({ configMap: label, key: label }),
    ),
  ),
  { maxKeys: 4, noNullPrototype: true },
);

const values = fc
  .record(
    {
      kind: field(fc.constant('WorkerApp')),
      name: field(label),
      instance: field(fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?$/)),
      namespace: field(label),
      image: field(
        fc.constantFrom(
          'app',
          'app:v1',
          'localhost:5000/a/b:latest',
          `app@sha256:${'a'.repeat(64)}`,
          `a:${'t'.repeat(128)}`,
        ),
      ),
      imagePullPolicy: field(fc.constantFrom('Always', 'IfNotPresent', 'Never')),
      container: field(label),
      runAsUser: field(fc.constantFrom(1, 1000, 2 ** 31 - 1, null)),
      replicas: field(fc.nat(100)),
      workers: field(workers),
      http: field(
        fc.record(
          {
            port: field(port),
            servicePort: field(fc.oneof(fc.constant(80), port)),
            healthPath: field(fc.webPath().map((path) => `/${path}`)),
            healthHost: field(fc.domain()),
          },
          { requiredKeys: ['healthPath'] },
        ),
      ),
      metrics: field(
        fc.record(
          {
            startPort: field(port.filter((number) => number > 1023)),
            interval: field(duration),
            scrapeTimeout: field(duration),
            exporter: field(fc.constantFrom('app', 'gunicorn')),
            strategy: mostly(fc.constant('port-per-worker'), fc.constant('multiprocess')),
            monitor: field(fc.constantFrom('ServiceMonitor', 'PodMonitor')),
            endpoints: field(fc.constantFrom('per-port', 'single')),
            service: mostly(fc.constant('shared'), fc.constant('headless')),
            workerLabel: field(fc.boolean()),
          },
          { requiredKeys: [] },
        ),
      ),
      gunicorn: field(
        fc.record(
          {
            timeout: field(fc.integer({ min: 1, max: 3600 })),
            maxRequests: field(fc.nat(1_000_000_000)),
            logs: field(fc.constantFrom('json', 'text')),
          },
          { requiredKeys: [] },
        ),
      ),
      env: field(
        fc.oneof(
          env,
          args.map((words) => ({ GUNICORN_CMD_ARGS: words.join(' ') })),
        ),
      ),
      resources: field(
        fc.option(fc.record({ requests: quantities, limits: quantities }, { requiredKeys: [] })),
      ),
    },
    { requiredKeys: ['name', 'image', 'workers'] },
  )
  .chain((known) => mostly(fc.constant(known), fc.constant({ ...known, other: 1 })));

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
    { numRuns: 600 },
  );
  expect(Math.min(synthesized, refused)).toBeGreaterThan(50); // else the test would say little
});
