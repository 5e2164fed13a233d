import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { afterwards, type DiagnosticCase } from '../one-change.js';

const CONTAINER = 'Deployment default/shop: spec.template.spec.containers[0]';
const quotes = (got: string) => `expected text, got ${got}; put it in quotes, as you wrote it`;

test.each<DiagnosticCase>([
  ['an argument', ({ container }) => (container.args = ['--port', 80]), `${CONTAINER}.args[1]: ${quotes('80')}`],
  ['a word of a command', ({ container }) => (container.command = [true]), `${CONTAINER}.command[0]: ${quotes('true')}`],
  [
    'a variable',
    ({ container }) => (container.env[1].value = 1000),
    `${CONTAINER}.env[1].value: ${quotes('1000')}`,
  ],
  [
    'a label',
    ({ deployment }) => (deployment.metadata.labels.on = true),
    `Deployment default/shop: metadata.labels.on: ${quotes('true')}`,
  ],
  [
    'a label of a pod',
    ({ deployment }) => (deployment.spec.template.metadata.labels.year = 2024),
    `Deployment default/shop: spec.template.metadata.labels.year: ${quotes('2024')}`,
  ],
  [
    'an annotation',
    ({ service }) => (service.metadata.annotations = { 'a.example/b': 1.5 }),
    `Service default/shop: metadata.annotations["a.example/b"]: ${quotes('1.5')}`,
  ],
  [
    'a label that a Service selects by',
    ({ service }) => (service.spec.selector.year = 2024),
    `Service default/shop: spec.selector.year: ${quotes('2024')}`,
  ],
])('%s that YAML reads as no text is refused', (_, change, diagnostic) => {
  expect(afterwards(change).filter((line) => line === diagnostic)).toEqual([diagnostic]);
}); // prettier-ignore

test('the API server refuses data of a ConfigMap that are no texts, and takes null', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { b: null } } };
  expect(
    checkManifests([{ ...object, data: { a: false, b: { c: 1 }, d: null, e: 'yes' } }]).map(formatDiagnostic),
  ).toEqual([
    `ConfigMap default/a: data.a: ${quotes('false')}`,
    'ConfigMap default/a: data.b: expected text, got a map with c',
  ]);
});

test('the data of a custom resource may be of any type', () => {
  const object = { apiVersion: 'example.com/v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 1 } };
  expect(checkManifests([object])).toEqual([]);
});
