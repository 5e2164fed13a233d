import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { service, workload } from '../manifests-of-others.js';

/** The diagnostics about objects that are not among the manifests. */
const missing = (...manifests: Manifest[]) =>
  checkManifests(manifests).flatMap((found) =>
    found.message.includes('is among the manifests') ? `${found.severity}: ${formatDiagnostic(found)}` : [],
  );
const object = (apiVersion: string, kind: string, spec: object, namespace = 'shop'): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace },
  spec,
});
const backend = (name: string) => ({ service: { name, port: { number: 80 } } });
const action = (name: string) =>
  object('networking.k8s.io/v1', 'Ingress', {
    defaultBackend: { service: { name, port: { name: 'use-annotation' } } },
  });
const ingress = (name: string, namespace = 'shop') => {
  const paths = [{ path: '/', pathType: 'Prefix', backend: backend(name) }];
  return object('networking.k8s.io/v1', 'Ingress', { rules: [{ http: { paths } }] }, namespace);
};
const route = (name: string) =>
  object('gateway.networking.k8s.io/v1', 'HTTPRoute', { rules: [{ backendRefs: [{ name, port: 80 }] }] });
const autoscaler = (name: string, kind = 'Deployment') =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: { kind, name }, maxReplicas: 2 });
const named = (name: string, manifest: Manifest): Manifest => ({
  ...manifest,
  metadata: { name, namespace: 'shop' },
});
const backendService = named('backend', service);
const backendPods = named('backend', workload());
const scaledObject = (name: string) =>
  object('keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: { name } });

const SERVICE = 'no Service "bakcend" is among the manifests; did you mean "backend"?';
const DEPLOYMENT = 'no Deployment "bakcend" is among the manifests; did you mean "backend"?';
test.each([
  ['an Ingress', [ingress('bakcend'), backendService], `Ingress shop/web: spec.rules[0].http.paths[0].backend.service.name: ${SERVICE}`],
  ['an Ingress for all requests', [object('networking.k8s.io/v1', 'Ingress', { defaultBackend: backend('bakcend') }), backendService], `Ingress shop/web: spec.defaultBackend.service.name: ${SERVICE}`],
  ['an HTTPRoute', [route('bakcend'), backendService], `HTTPRoute shop/web: spec.rules[0].backendRefs[0].name: ${SERVICE}`],
  ['an autoscaler', [autoscaler('bakcend'), backendPods], `HorizontalPodAutoscaler shop/web: spec.scaleTargetRef.name: ${DEPLOYMENT}`],
  ['an autoscaler of KEDA', [scaledObject('bakcend'), backendPods], `ScaledObject shop/web: spec.scaleTargetRef.name: ${DEPLOYMENT}`],
])('a mistyped name in %s is a warning', (_, manifests, message) => {
  expect(missing(...manifests)).toEqual([`warning: ${message}`]);
}); // prettier-ignore

test.each<[string, Manifest[]]>([
  ['is among the manifests', [ingress('backend'), backendService, autoscaler('backend'), backendPods]],
  ['is like no other', [ingress('api'), backendService]],
  ['is one of a series', [ingress('backend2'), backendService]],
  ['is like that of another kind', [autoscaler('bakcend', 'StatefulSet'), backendPods]],
  ['is like one in another namespace', [ingress('bakcend', 'blog'), backendService]],
  ['is like one that another object names', [ingress('bakcend'), named('other', ingress('backend')), backendService]],
  ['is that of an object of an operator', [ingress('bakcend'), backendService, object('example.com/v1', 'Web', { service: 'bakcend' })]],
  ['is like one of very many', [ingress('bakcend'), ...Array.from({ length: 1001 }, (_, i) => named(i === 0 ? 'backend' : `other-${i}`, service))]],
  ['is that of an action of a load balancer of AWS', [action('bakcend'), backendService]],
  ['is a variable that Flux replaces', [ingress('backend${N}'), backendService]],
])('a name that %s is fine', (_, manifests) => {
  expect(missing(...manifests)).toEqual([]);
}); // prettier-ignore
