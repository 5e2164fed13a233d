import { readFileSync } from 'node:fs';
import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { wrongApiVersion } from '../../../src/kubernetes/api-versions.js';

const diagnosticsOf = (apiVersion: string, kind: string) =>
  checkManifests([{ apiVersion, kind, metadata: { name: 'a', namespace: 'b' } }])
    .filter(({ field }) => field === 'apiVersion')
    .map((found) => `${found.severity}: ${formatDiagnostic(found)}`);

test.each([
  ['apps/v1', 'ConfigMap', 'Kubernetes has no ConfigMap of apps/v1; ConfigMap is of v1'],
  ['v1', 'Deployment', 'Kubernetes has no Deployment of v1; Deployment is of apps/v1'],
  ['batch/v2alpha1', 'CronJob', 'Kubernetes 1.21 and later have no CronJob of batch/v2alpha1; write batch/v1'],
  ['batch/v1alpha1', 'Job', 'Kubernetes has no Job of batch/v1alpha1; Job is of batch/v1'],
  ['v1', 'Confgmap', 'Kubernetes has no Confgmap of v1; did you mean "ConfigMap"?'],
  ['extensions/v1beta1', 'Ingress', 'Kubernetes 1.22 and later have no Ingress of extensions/v1beta1; write networking.k8s.io/v1'],
  ['networking.k8s.io/v1beta1', 'Ingress', 'Kubernetes 1.22 and later have no Ingress of networking.k8s.io/v1beta1; write networking.k8s.io/v1'],
  ['batch/v1beta1', 'CronJob', 'Kubernetes 1.25 and later have no CronJob of batch/v1beta1; write batch/v1'],
  ['policy/v1beta1', 'PodDisruptionBudget', 'Kubernetes 1.25 and later have no PodDisruptionBudget of policy/v1beta1; write policy/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', 'Kubernetes 1.25 and later have no PodSecurityPolicy of policy/v1beta1; remove the object'],
  ['v1', 'Route', 'Kubernetes has no Route of v1; Route is of route.openshift.io/v1'],
  ['app/v1', 'Deployment', 'Kubernetes has no Deployment of app/v1; Deployment is of apps/v1'],
  ['core/v1', 'Service', 'Kubernetes has no Service of core/v1; Service is of v1'],
  ['monitoring.coreos.com/v1beta1', 'ServiceMonitor', 'the prometheus-operator has no ServiceMonitor of monitoring.coreos.com/v1beta1; write monitoring.coreos.com/v1'],
  ['monitoring.coreos.com/v1alpha1', 'PrometheusRule', 'the prometheus-operator has no PrometheusRule of monitoring.coreos.com/v1alpha1; write monitoring.coreos.com/v1'],
  ['monitoring.coreos.com/v1', 'Servicemonitor', 'the prometheus-operator has no Servicemonitor of monitoring.coreos.com/v1; did you mean "ServiceMonitor"?'],
  ['monitoring.coreos.com/v1', 'PodMonitors', 'the prometheus-operator has no PodMonitors of monitoring.coreos.com/v1; did you mean "PodMonitor"?'],
  ['monitoring.coreos/v1', 'ServiceMonitor', 'the prometheus-operator has no ServiceMonitor of monitoring.coreos/v1; write monitoring.coreos.com/v1'],
  ['monitoring.coreos.com', 'ServiceMonitor', 'the prometheus-operator has no ServiceMonitor of monitoring.coreos.com; write monitoring.coreos.com/v1'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'Kubernetes 1.26 and later have no HorizontalPodAutoscaler of autoscaling/v2beta2; write autoscaling/v2'],
])('%s %s is a warning', (apiVersion, kind, message) => {
  expect(diagnosticsOf(apiVersion, kind)).toEqual([expect.stringMatching(/^warning: /)]);
  expect(diagnosticsOf(apiVersion, kind)[0]?.endsWith(`apiVersion: ${message}`)).toBe(true);
}); // prettier-ignore

test.each([
  ['autoscaling/v1', 'HorizontalPodAutoscaler'],
  ['autoscaling/v3', 'HorizontalPodAutoscaler'],
  ['v1', 'Event'],
  ['networking.k8s.io/v1', 'ServiceCIDR'],
  ['admissionregistration.k8s.io/v1beta1', 'MutatingAdmissionPolicy'],
  ['resource.k8s.io/v1', 'ResourceClaim'],
  ['gateway.networking.k8s.io/v1beta1', 'HTTPRoute'],
  ['apps.openshift.io/v1', 'DeploymentConfig'],
  ['apps.kruise.io/v1alpha1', 'StatefulSet'],
  ['serving.knative.dev/v1', 'Service'],
  ['monitoring.coreos.com/v1beta1', 'AlertmanagerConfig'],
  ['monitoring.coreos.com/v1', 'ScrapeConfig'],
  ['monitoring.coreos.com/v1', 'Status'],
  ['azmonitoring.coreos.com/v1', 'ServiceMonitor'],
  ['monitoring.rhobs/v1', 'ServiceMonitor'],
  ['v1', 'constructor'],
  ['constructor', 'Service'],
])('%s %s is none: a newer Kubernetes or another program may have it', (apiVersion, kind) => {
  expect(diagnosticsOf(apiVersion, kind)).toEqual([]);
});

test('every kind of Kubernetes 1.28 is known', () => {
  const models = readFileSync('node_modules/cdk8s-plus-28/lib/imports/k8s.js', 'utf8');
  const kinds = [...models.matchAll(/GVK = \{\s*apiVersion: '([^']+)',\s*kind: '([^']+)'/g)].filter(
    ([, , kind = '']) => !/List$|^Status$|^Scale$|^Eviction$/.test(kind),
  );
  expect(kinds.length).toBeGreaterThan(60);
  const refused = kinds.filter(
    ([, apiVersion = '', kind = '']) => wrongApiVersion(apiVersion, kind) !== undefined,
  );
  expect(refused.map(([, apiVersion, kind]) => `${apiVersion} ${kind}`)).toEqual([]);
});
