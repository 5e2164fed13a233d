import { checkScaledReplicas } from '../../../src/checks/together/scaled-replicas.js';
import { traceWiring } from '../../../src/checks/wiring/wiring.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';

const metadata = { name: 'web', namespace: 'shop' };
const deployment = (spec: object, more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { ...metadata, ...more },
  spec: { ...spec, template: { metadata: { labels: { app: 'web' } } } },
});
const scaler = (target: object, kind = 'HorizontalPodAutoscaler') => ({
  apiVersion: kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'autoscaling/v2',
  kind,
  metadata: { ...metadata, name: 'scaler' },
  spec: { scaleTargetRef: target, maxReplicas: 5 },
});
const OWN = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

const warnings = (...manifests: object[]) =>
  checkScaledReplicas(traceWiring(manifests as never)).map(formatDiagnostic);

test.each([
  ['a HorizontalPodAutoscaler', scaler(OWN), 'HorizontalPodAutoscaler'],
  ['KEDA, whose default is a Deployment', scaler({ name: 'web' }, 'ScaledObject'), 'ScaledObject'],
])('replicas beside %s is a warning, because each apply sets it back', (_what, autoscaler, kind) => {
  expect(warnings(deployment({ replicas: 3 }), autoscaler)).toEqual([
    `Deployment shop/web: spec.replicas: ${kind} shop/scaler sets the number of pods, and each apply sets it back to 3; remove it (in a values file: replicas: null)`,
  ]);
});

test.each([
  ['no replicas', deployment({})],
  ['0 replicas, by which the autoscaler is paused', deployment({ replicas: 0 })],
  ['the replicas that the cluster prints', deployment({ replicas: 3 }, { uid: '1' })],
  ['another name', deployment({ replicas: 3 }, { name: 'other' })],
  ['another namespace', deployment({ replicas: 3 }, { namespace: 'other' })],
])('a Deployment with %s is no warning beside an autoscaler', (_what, one) => {
  expect(warnings(one, scaler(OWN))).toEqual([]);
});

test('two autoscalers of one Deployment are a warning: Kubernetes lets neither scale it', () => {
  const other = { ...scaler(OWN), metadata: { ...metadata, name: 'other' } };
  expect(warnings(deployment({}), scaler(OWN), other)).toEqual([
    'HorizontalPodAutoscaler shop/other: spec.scaleTargetRef: HorizontalPodAutoscaler shop/scaler scales Deployment shop/web, too, and Kubernetes lets neither scale it; remove one of the two',
  ]);
  const elsewhere = { ...other, metadata: { name: 'other', namespace: 'dev' } };
  expect(warnings(deployment({}), scaler(OWN), scaler(OWN), elsewhere)).toEqual([]);
  expect(warnings(deployment({}), scaler(OWN, 'ScaledObject'), other)).toEqual([]); // KEDA made it
});
