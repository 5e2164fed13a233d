import { trace } from '../../src/checks/trace/trace.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { changedObjects } from './changed-objects.js';
import { WHOLE_OBJECTS } from './whole-objects.js';

const refusals = (...manifests: Manifest[]) =>
  trace(manifests)
    .diagnostics.filter(({ rejectedBy }) => rejectedBy === 'API server')
    .map(formatDiagnostic);

const deployment = (spec: object, container: object = {}): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web:1', ...container }] },
    },
    ...spec,
  },
});
const IN = 'Deployment default/web: spec';
const IN_CONTAINER = `${IN}.template.spec.containers[0]`;

describe('trace refuses, as the API server does,', () => {
  test.each<[string, Manifest, string[]]>([
    ['a field that is missing deep in a pod', deployment({}, { resizePolicy: [{ resourceName: 'cpu' }] }), [`${IN_CONTAINER}.resizePolicy[0].restartPolicy: missing; expected text`]],
    ['a required field that is null', deployment({}, { resizePolicy: [{ resourceName: 'cpu', restartPolicy: null }] }), [`${IN_CONTAINER}.resizePolicy[0].restartPolicy: missing; expected text`]],
    ['a variable without a name, once', deployment({}, { env: [{ value: '1' }] }), [expect.stringContaining(`${IN_CONTAINER}.env[0].name: missing; expected the name of an environment variable`) as string]],
    ['two ports without numbers, and no more', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ name: 'a' }, { name: 'b' }] } }, [0, 1].map((i) => `Service default/web: spec.ports[${i}].port: missing; expected a whole number from 1 to 65535`)],
    ['a mount without a volume', deployment({}, { volumeMounts: [{ mountPath: '/a' }] }), [`${IN_CONTAINER}.volumeMounts[0].name: missing; expected the name of a volume`]],
    ['negative replicas', deployment({ replicas: -1 }), [`${IN}.replicas: expected a whole number from 0 to 2147483647, got -1`]],
    ['a number of more than 32 bits', deployment({ replicas: 3_000_000_000 }), [`${IN}.replicas: expected a whole number from 0 to 2147483647, got 3000000000`]],
    ['a template that is missing, once for each of its parts', { ...deployment({}), spec: { selector: { matchLabels: { app: 'web' } } } }, [
      `${IN}.selector: does not match the labels of the object's own pods (app=web)`,
      `${IN}.template.spec.containers: missing; expected at least one container`,
    ]],
    ['an autoscaler without spec', { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' } }, [
      'HorizontalPodAutoscaler default/web: spec.maxReplicas: missing; expected a whole number',
      'HorizontalPodAutoscaler default/web: spec.scaleTargetRef: missing; expected a map with apiVersion, kind or name',
    ]],
  ])('%s', (_, manifest, expected) => {
    expect(refusals(manifest)).toEqual(expected);
  }); // prettier-ignore

  test.each(changedObjects().filter(({ lacksRequired }) => lacksRequired))('$name', ({ field, manifest }) => {
    expect(refusals(manifest)).toContainEqual(expect.stringContaining(`${field}: missing; expected `));
  }); // prettier-ignore
});

describe('trace accepts, as the API server does,', () => {
  test.each(WHOLE_OBJECTS.map((manifest) => [manifest['kind'], manifest]))('a whole %s', (_, manifest) => {
    expect(refusals(manifest as Manifest)).toEqual([]);
  });

  test.each<[string, Manifest]>([
    ['a header without a value', deployment({}, { livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'A' }] } } })],
    ['a StatefulSet without a Service and with a negative history', { ...deployment({ revisionHistoryLimit: -1 }), kind: 'StatefulSet' }],
    ['amounts of bytes without a unit', deployment({ template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }], volumes: [{ name: 'a', emptyDir: { sizeLimit: 2 ** 32 } }] } } })],
    ['the lowest number of 32 bits', { ...deployment({ revisionHistoryLimit: -(2 ** 31) }), kind: 'StatefulSet' }],
    ['seconds of 64 bits', { ...deployment({ template: { metadata: { labels: { app: 'web' } }, spec: { terminationGracePeriodSeconds: 3e9, containers: [{ name: 'web', image: 'web:1' }] } } }) }],
  ])('%s', (_, manifest) => {
    expect(refusals(manifest)).toEqual([]);
  }); // prettier-ignore

  test('an item without a field that a template may add', () => {
    const items = [{ '{{ include "policy" . }}': '' }];
    expect(refusals(deployment({}, { resizePolicy: items }))).toEqual([]);
  });
});
