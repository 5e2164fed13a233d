import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatMessage } from '../../../src/diagnostics/diagnostic.js';

const refused = (apiVersion: string, kind: string, spec: object) =>
  checkManifests([{ apiVersion, kind, metadata: { name: 'web' }, spec }]).flatMap((found) =>
    found.rejectedBy === undefined ? [] : `${found.field}: ${formatMessage(found)}`,
  );
const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const autoscaler = (fields: object) =>
  refused('autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef, ...fields });
const budget = (fields: object) =>
  refused('policy/v1', 'PodDisruptionBudget', { selector: { matchLabels: { app: 'web' } }, ...fields });

test('an autoscaler with more pods at least than at most is refused', () => {
  expect(autoscaler({ minReplicas: 5, maxReplicas: 2 })).toEqual([
    'spec.minReplicas: 5 is above spec.maxReplicas 2; lower it to 2 or below',
  ]);
});

test.each([
  [{ maxReplicas: 0 }, 'spec.maxReplicas: expected a whole number from 1, got 0'],
  [{ minReplicas: -1, maxReplicas: 2 }, 'spec.minReplicas: expected a whole number from 0, got -1'],
])('an autoscaler with %j is refused', (fields, message) => {
  expect(autoscaler(fields)).toEqual([message]);
});

test.each([
  [{ minReplicas: 2, maxReplicas: 2 }],
  [{ minReplicas: 0, maxReplicas: 2 }],
  [{ minReplicas: null, maxReplicas: 2 }],
  [{ maxReplicas: 2 }],
  [{ minReplicas: '${FEWEST}', maxReplicas: 2 }],
])('an autoscaler accepts %j', (fields) => {
  expect(autoscaler(fields)).toEqual([]);
});

test.each([
  [{ minAvailable: 1, maxUnavailable: 1 }, 'spec.minAvailable: a budget has either minAvailable or maxUnavailable; remove one of the two'],
  [{ minAvailable: '1' }, 'spec.minAvailable: expected a number of pods or a percentage such as 25%, got "1"; remove the quotes'],
  [{ maxUnavailable: '150%' }, 'spec.maxUnavailable: expected 100% or below, got "150%"'],
])('a PodDisruptionBudget with %j is refused', (fields, message) => {
  expect(budget(fields)).toEqual([message]);
}); // prettier-ignore

test.each([
  [{ minAvailable: '50%' }],
  [{ minAvailable: 1, maxUnavailable: null }],
  [{ maxUnavailable: '${MOST}' }],
])('a PodDisruptionBudget accepts %j', (fields) => {
  expect(budget(fields)).toEqual([]);
});
