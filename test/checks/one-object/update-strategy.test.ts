import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatMessage } from '../../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { template, workload } from '../manifests-of-others.js';

const refused = (manifest: Manifest) =>
  checkManifests([manifest]).flatMap((found) =>
    found.rejectedBy === undefined ? [] : `${found.field}: ${formatMessage(found)}`,
  );
const plain = { metadata: template.metadata, spec: { containers: [{ name: 'web', image: 'web' }] } };
const updated = (kind: string, strategy: unknown) =>
  workload(kind, {
    selector: { matchLabels: { app: 'web' } },
    template: plain,
    [kind === 'Deployment' ? 'strategy' : 'updateStrategy']: strategy,
  });
const rolling = (kind: string, rollingUpdate: unknown) => updated(kind, { rollingUpdate });

const NO_POD =
  'with neither a surplus pod nor a missing one, no pod can be replaced; raise maxSurge or maxUnavailable';
const SHARE = 'expected a number of pods or a percentage such as 25%';
const BOTH =
  'a DaemonSet has either maxSurge or maxUnavailable, and maxUnavailable is 1 if it is not set; set maxUnavailable: 0, or remove maxSurge';

// Each was sent to the API server of Kubernetes 1.34: it refuses them.
test.each([
  [rolling('Deployment', { maxSurge: 0, maxUnavailable: 0 }), `spec.strategy.rollingUpdate: ${NO_POD}`],
  [rolling('Deployment', { maxSurge: '0%', maxUnavailable: 0 }), `spec.strategy.rollingUpdate: ${NO_POD}`],
  [rolling('Deployment', { maxSurge: '3' }), `spec.strategy.rollingUpdate.maxSurge: ${SHARE}, got "3"; remove the quotes`],
  [rolling('Deployment', { maxSurge: -1 }), `spec.strategy.rollingUpdate.maxSurge: ${SHARE}, got -1`],
  [rolling('Deployment', { maxUnavailable: '150%' }), 'spec.strategy.rollingUpdate.maxUnavailable: expected 100% or below, got "150%"'],
  [updated('Deployment', { type: 'OnDelete' }), 'spec.strategy.type: expected RollingUpdate or Recreate, got "OnDelete"'],
  [updated('Deployment', { type: 'RECREATE' }), 'spec.strategy.type: expected RollingUpdate or Recreate, got "RECREATE"; did you mean "Recreate"?'],
  [updated('Deployment', { type: 'Recreate', rollingUpdate: {} }), 'spec.strategy.rollingUpdate: Recreate has no rolling update; remove it'],
  [rolling('DaemonSet', { maxUnavailable: 0 }), `spec.updateStrategy.rollingUpdate: ${NO_POD}`],
  [rolling('DaemonSet', { maxSurge: 1 }), `spec.updateStrategy.rollingUpdate.maxSurge: ${BOTH}`],
  [updated('DaemonSet', { type: 'Recreate' }), 'spec.updateStrategy.type: expected RollingUpdate or OnDelete, got "Recreate"'],
  [rolling('DaemonSet', { maxSurge: '150%', maxUnavailable: 0 }), 'spec.updateStrategy.rollingUpdate.maxSurge: expected 100% or below, got "150%"'],
  [updated('Deployment', { type: 'rollingUpdate' }), 'spec.strategy.type: expected RollingUpdate or Recreate, got "rollingUpdate"; did you mean "RollingUpdate"?'],
  [updated('StatefulSet', { type: 'OnDelete', rollingUpdate: { partition: 0 } }), 'spec.updateStrategy.rollingUpdate: OnDelete has no rolling update; remove it'],
])('the API server refuses %j', (manifest, message) => {
  expect(refused(manifest)).toEqual([message]);
}); // prettier-ignore

// Each was sent to the API server of Kubernetes 1.34, except the templates: it accepts them.
test.each([
  [updated('Deployment', {})],
  [updated('Deployment', { type: '' })],
  [updated('StatefulSet', { type: '', rollingUpdate: { partition: 1 } })],
  [updated('Deployment', { type: 'Recreate', rollingUpdate: null })],
  [rolling('Deployment', { maxSurge: 0 })],
  [rolling('Deployment', { maxSurge: 0, maxUnavailable: null })],
  [rolling('Deployment', { maxSurge: '150%', maxUnavailable: 0 })],
  [rolling('Deployment', { maxSurge: '${SURGE}', maxUnavailable: 0 })],
  [updated('Deployment', { type: '{{ .Values.strategy }}' })],
  [updated('Deployment', { type: 'STRATEGY_TYPE' })],
  [rolling('DaemonSet', { maxSurge: '10%', maxUnavailable: '0%' })],
  [updated('DaemonSet', { type: 'OnDelete', rollingUpdate: { maxUnavailable: 0 } })],
  [rolling('StatefulSet', { maxUnavailable: 0 })],
  [{ ...rolling('Deployment', { maxSurge: 0, maxUnavailable: 0 }), apiVersion: 'example.com/v1' }],
])('the API server accepts %j', (manifest) => {
  expect(refused(manifest)).toEqual([]);
});
