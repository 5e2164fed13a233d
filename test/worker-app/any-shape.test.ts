import fc from 'fast-check';
import { stringify } from 'yaml';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';
import { shapeSchema } from '../../src/kubernetes-shapes/shapes.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import { anyShape } from '../kubernetes-shapes/arbitrary-shape.js';
import { runs } from '../runs.js';
import { valuesOf } from '../schema/arbitrary-values.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

/** The text of all problems of a values file, or of its manifests. Never throws, whatever the user writes. */
async function problemsOf(props: object): Promise<string[]> {
  const text = stringify({ ...SHOP, ...props }, { version: '1.2' });
  const { values, problems, notes } = parseValues([{ file: 'f.yaml', text }]);
  const made = problems.length > 0 ? [] : [...synthesize(values, await chartsFor(values))];
  return [...problems, ...notes, ...made.flatMap(({ errors }) => errors)].map(formatDiagnostic);
}

/** The keys whose values have, or contain, a shape of Kubernetes. */
const KEYS_WITH_SHAPES = [
  'sidecars', 'initContainers', 'volumes', 'processes', 'cronJobs', 'migrate', 'podSpec', 'containerSpec', 'autoscaling',
  'networkPolicy', 'service', 'strategy', 'podDisruptionBudget', 'topologySpreadConstraints', 'ingress', 'httpRoute', 'probes',
] as const; // prettier-ignore

/** A container with resources, in each place of one. */
const container = anyShape(shapeSchema('Container.resources')).map((resources) => ({
  image: 'a/b:1',
  resources,
}));
const somewhere = fc.constantFrom<(entry: unknown) => object>(
  (x) => ({ sidecars: { x } }),
  (x) => ({ initContainers: { x } }),
  (x) => ({ processes: { w: { command: ['celery'], sidecars: { x } } } }),
  (x) => ({ cronJobs: { c: { schedule: '@daily', command: ['a'], initContainers: { x } } } }),
);

test('whatever a shape of Kubernetes contains gives manifests, or problems with a place', async () => {
  const ofKeys = fc
    .constantFrom(...KEYS_WITH_SHAPES)
    .chain((name) => valuesOf(KEYS[name].schema()).map((value) => ({ [name]: value })));
  const ofContainers = fc.tuple(somewhere, container).map(([place, entry]) => place(entry));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 3, arbitrary: ofKeys }, { weight: 1, arbitrary: ofContainers }),
      async (props) => {
        for (const line of await problemsOf(props)) expect(line).toMatch(/^f\.yaml:[0-9]+(:[0-9]+)?: .+/);
      },
    ),
    { numRuns: runs(60) },
  );
});

test.each([
  ['sidecars.x', (x: object) => ({ sidecars: { x } })],
  ['initContainers.x', (x: object) => ({ initContainers: { x } })],
  ['processes.w.sidecars.x', (x: object) => ({ processes: { w: { command: ['a'], sidecars: { x } } } })],
  ['cronJobs.c.initContainers.x', (x: object) => ({ cronJobs: { c: { schedule: '@daily', command: ['a'], initContainers: { x } } } })],
])('a quantity with a wrong unit in %s is a problem with its place, beside all others', async (place, propsOf) => {
  const resources = { limits: { memory: '128MB' }, requests: { memory: '64 Mi' } };
  expect(await problemsOf({ ...propsOf({ image: 'a/b:1', resources }), replicas: -1 })).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`${place}.resources.limits.memory: expected a quantity such as 500m, 0.5, 256Mi or 2Gi, got "128MB"`),
      expect.stringContaining(`${place}.resources.requests.memory: expected a quantity such as 500m, 0.5, 256Mi or 2Gi, got "64 Mi"`),
      expect.stringContaining('replicas: expected'),
    ]),
  );
}); // prettier-ignore
