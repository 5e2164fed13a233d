import fc from 'fast-check';
import { checkManifests } from '../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { trace } from '../../src/checks/trace/trace.js';
import { shop } from '../a-worker-app.js';
import { manifestsOf, type Loose, type ShopManifests } from '../manifests-of.js';
import { runs } from '../runs.js';

const diagnostics = (manifests: readonly Manifest[]) => checkManifests(manifests).map(formatDiagnostic);

/** Values that look like parts of manifests, so that the checks go deep into them. */
const piece: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<unknown>(
      null,
      undefined,
      '',
      'a',
      'metrics-1',
      'metrics-2',
      'keep',
      '(',
      '__address__',
      0,
      1,
      8001,
      1.5,
      -1,
      1e20,
      NaN,
      true,
      [],
      {},
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'spec', 'template', 'metadata', 'name', 'namespace', 'labels', 'containers', 'initContainers', 'ports', 'env',
        'containerPort', 'port', 'targetPort', 'portNumber', 'selector', 'matchLabels', 'matchExpressions', 'key', 'values',
        'operator', 'endpoints', 'podMetricsEndpoints', 'namespaceSelector', 'any', 'matchNames', 'resources', 'requests',
        'limits', 'readinessProbe', 'httpGet', 'volumes', 'volumeMounts', 'value', 'valueFrom', '__proto__', 'constructor',
        'relabelings', 'metricRelabelings', 'sourceLabels', 'targetLabel', 'action', 'regex', 'modulus', 'replacement',
        'podSelector', 'minAvailable', 'serviceName', 'scaleTargetRef',
      ), // prettier-ignore
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value;

const kind = fc.constantFrom(
  'Service', 'Deployment', 'Pod', 'CronJob', 'StatefulSet', 'ServiceMonitor', 'PodMonitor', 'ConfigMap',
  'NetworkPolicy', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'ReplicationController', 'constructor', 5,
); // prettier-ignore
const apiVersion = fc.constantFrom('v1', 'apps/v1', 'monitoring.coreos.com/v1', '', null);
const label = fc.constantFrom({ app: 'a' }, { app: 'b' });
const portName = fc.constantFrom('http', 'metrics', 'metrics-1', 'metrics-2');
const number = fc.constantFrom(8000, 8001, 8002);

/** Objects that fit together more often than not. */
const wired = fc.oneof(
  fc
    .record({ label, env: fc.array(fc.constantFrom('8001', '2')), ports: fc.uniqueArray(portName, { maxLength: 3 }) })
    .map(({ label: labels, env, ports }) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: labels.app },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'a',
                image: 'a',
                env: env.map((value, i) => ({ name: ['METRICS_START_PORT', 'WEB_CONCURRENCY'][i] ?? 'A', value })),
                ports: ports.map((name, i) => ({ name, containerPort: 8000 + i })),
              },
            ],
          },
        },
      },
    })),
  fc
    .record({ label, name: portName, target: fc.oneof(portName, number), type: fc.constantFrom(undefined, 'ExternalName') })
    .map(({ label: labels, name, target, type }) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `${labels.app}-${name}`, labels },
      spec: { type, selector: labels, ports: [{ name, port: 80, targetPort: target }] },
    })),
  fc
    .record({
      label,
      endpoints: fc.array(fc.record({ port: portName, targetPort: number, path: fc.constantFrom('/a', '/b'), interval: fc.constantFrom('30s', 30) }, { requiredKeys: [] })),
    })
    .map(({ label: matchLabels, endpoints }) => ({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: matchLabels.app },
      spec: { selector: { matchLabels }, endpoints },
    })),
); // prettier-ignore

const almost = fc.record({ apiVersion, kind, metadata: piece, spec: piece }, { requiredKeys: [] });

test('manifests that nobody would write give diagnostics, and never an error', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(almost, fc.object()), { maxLength: 6 }), (anything) => {
      for (const line of diagnostics(anything as Manifest[])) expect(line).toMatch(/\S/);
    }),
    { numRuns: runs(150) },
  );
});

test('every broken chain of a trace has an error that says why', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(almost, wired), { maxLength: 6 }), (anything) => {
      const { chains, diagnostics } = trace(anything as Manifest[]);
      const isBroken = chains.some(({ isWhole }) => !isWhole);
      expect(!isBroken || diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
    }),
    { numRuns: runs(150) },
  );
});

test('a value that is no manifest gives diagnostics or none, and never an error', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (anything) => {
      expect(() => diagnostics(anything as unknown as Manifest[])).not.toThrow();
    }),
    { examples: [[[null]], [[5, 'text', []]]] },
  );
});

test('the checks change nothing', () => {
  const { all } = manifestsOf(shop());
  const before = structuredClone(all);
  diagnostics(all);
  expect(all).toEqual(before);
});

/** Things to go wrong in one application that no other can notice. */
const FAULTS: readonly ((shop: ShopManifests) => unknown)[] = [
  () => {},
  ({ container }) => (container.ports[1].name = 'metrics-9'),
  ({ container }) => container.env.pop(),
  ({ container }) => container.ports.push({ name: 'http', containerPort: 99_999 }),
  ({ service }) => (service.spec.ports[1].targetPort = 'metrics-7'),
  ({ service }) => delete service.metadata.labels,
  ({ service }) => (service.spec.selector.extra = 'x'),
  ({ monitor }) => monitor.spec.endpoints.push({ port: 'metrics-1' }),
  ({ monitor }) => (monitor.spec.endpoints[0].interval = 'x'),
  ({ deployment }) => delete deployment.spec.template.metadata.labels,
];

const fleet = fc.array(
  fc.record({
    workers: fc.integer({ min: 1, max: 4 }),
    namespace: fc.constantFrom('a', 'b', undefined),
    fault: fc.constantFrom(...FAULTS),
  }),
  { minLength: 1, maxLength: 6 },
);

test('checking a fleet together gives the same diagnostics as checking each application by itself', () => {
  fc.assert(
    fc.property(fleet, (applications) => {
      const each = applications.map(({ workers, namespace, fault }, i) => {
        const made = manifestsOf(shop({ name: `app-${i}`, workers, namespace }));
        fault(made);
        return made.all as Loose[];
      });
      expect(diagnostics(each.flat()).toSorted()).toEqual(each.flatMap(diagnostics).toSorted());
    }),
    { numRuns: runs(20) },
  );
});

test('each of the faults is found, but for none', () => {
  const found = FAULTS.map((fault) => {
    const made = manifestsOf(shop());
    fault(made);
    return diagnostics(made.all).length > 0;
  });
  expect(found).toEqual(FAULTS.map((_, i) => i > 0));
});

test('the order of manifests changes nothing but the order of diagnostics', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...FAULTS),
      fc.constantFrom([2, 1, 0], [1, 2, 0], [0, 2, 1]),
      (fault, order) => {
        const made = manifestsOf(shop({ workers: 2 }));
        fault(made);
        const reordered = order.map((i) => made.all[i] as Manifest);
        expect(diagnostics(reordered).toSorted()).toEqual(diagnostics(made.all).toSorted());
      },
    ),
    { numRuns: runs(15) },
  );
});
