import type { Manifest } from '../../src/kubernetes/manifest.js';
import { isPassingHook, whyNoObject } from '../../src/checks/not-applied.js';

const hooked = (kind: string, annotations: object) => ({ kind, metadata: { name: 'a', annotations } });

test.each<readonly [string, object]>([
  ...['test', 'test-success', 'pre-install', 'post-upgrade', 'pre-install,pre-upgrade', 'pre-delete'].map(
    (hook) => ['Pod', { 'helm.sh/hook': hook }] as const,
  ),
  ['Job', { 'helm.sh/hook': 'post-install', 'helm.sh/hook-delete-policy': 'before-hook-creation' }],
  ['Job', { 'argocd.argoproj.io/hook': 'PreSync' }],
  ['Deployment', { 'helm.sh/hook': 'test' }],
  ['Service', { 'helm.sh/hook': 'pre-delete, post-delete' }],
  ['Service', { 'helm.sh/hook': 'pre-install', 'helm.sh/hook-delete-policy': 'hook-succeeded,hook-failed' }],
  [
    'Deployment',
    { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded' },
  ],
  ['Deployment', { 'argocd.argoproj.io/hook': 'Skip' }],
])('a %s with %j does not stay', (kind, annotations) => {
  expect(isPassingHook(hooked(kind, annotations))).toBe(true);
});

test.each([
  ['ServiceMonitor', { 'helm.sh/hook': 'post-install,post-upgrade' }],
  ['Deployment', { 'helm.sh/hook': 'pre-install', 'helm.sh/hook-delete-policy': 'before-hook-creation' }],
  ['Deployment', { 'argocd.argoproj.io/hook': 'Sync' }],
  ['Pod', { 'helm.sh/resource-policy': 'keep' }],
  ['Pod', {}],
])('a %s with %j stays', (kind, annotations) => {
  expect(isPassingHook(hooked(kind, annotations))).toBe(false);
});

test.each<[string, Manifest, string, string | undefined]>([
  ['in/kustomization.yaml', { namespace: 'shop', resources: [] }, 'a Kustomization is not an object of a cluster and is ignored', 'to check the objects that it generates: kubectl kustomize in | worker-metrics trace -'],
  ['in/kustomization.yml', {}, 'a Kustomization is not an object of a cluster and is ignored', 'to check the objects that it generates: kubectl kustomize in | worker-metrics trace -'],
  ['in/any.yaml', { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' }, 'a Component is not an object of a cluster and is ignored', 'to check the objects that it generates: kubectl kustomize in | worker-metrics trace -'],
  ['chart/Chart.yaml', { apiVersion: 'v2', name: 'shop' }, 'a Chart is not an object of a cluster and is ignored', 'to check the objects that it generates: helm template chart | worker-metrics trace -'],
  ['kind.yaml', { apiVersion: 'kind.x-k8s.io/v1alpha4', kind: 'Cluster' }, 'a Cluster of kind.x-k8s.io/v1alpha4 is not an object of a cluster and is ignored', undefined],
  ['kubelet.yaml', { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration' }, 'a KubeletConfiguration of kubelet.config.k8s.io/v1beta1 is not an object of a cluster and is ignored', undefined],
  ['fn.yaml', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations: { 'config.kubernetes.io/local-config': 'true' } } }, 'a ConfigMap with the annotation config.kubernetes.io/local-config is not applied and is ignored', undefined],
])('%s with %j is no object of a cluster', (file, document, message, hint) => {
  expect(whyNoObject(document, file)).toEqual({ message, hint });
}); // prettier-ignore

test.each([
  ['kustomization.yaml', { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'a' } }],
  ['kustomization.yaml', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } }],
  ['a.yaml', { apiVersion: 'v1', metadata: { name: 'a' } }],
])('%s with %j is one', (file, document) => {
  expect(whyNoObject(document, file)).toBeUndefined();
}); // prettier-ignore
