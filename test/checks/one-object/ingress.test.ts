import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatMessage } from '../../../src/diagnostics/diagnostic.js';

const refused = (path: object, apiVersion = 'networking.k8s.io/v1') =>
  checkManifests([
    {
      apiVersion,
      kind: 'Ingress',
      metadata: { name: 'web' },
      spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'a' } }, ...path }] } }] },
    },
  ]).flatMap((found) => (found.rejectedBy === undefined ? [] : `${found.field}: ${formatMessage(found)}`));
const IN_PATH = 'spec.rules[0].http.paths[0]';
const TYPES = 'expected Prefix, Exact or ImplementationSpecific';

// Each was sent to the API server of Kubernetes 1.34: it refuses them.
test.each([
  [{ path: '/a' }, `${IN_PATH}.pathType: missing; ${TYPES}; add pathType: Prefix`],
  [{ path: '/a', pathType: 'prefix' }, `${IN_PATH}.pathType: ${TYPES}, got "prefix"; did you mean "Prefix"?`],
  [{ path: '/a', pathType: 'EXACT' }, `${IN_PATH}.pathType: ${TYPES}, got "EXACT"; did you mean "Exact"?`],
  [{ pathType: 'Prefix' }, `${IN_PATH}.path: missing; expected a path that begins with "/"`],
  [{ path: 'a', pathType: 'ImplementationSpecific' }, `${IN_PATH}.path: expected a path that begins with "/", got "a"`],
])('the API server refuses the path %j of an Ingress', (path, message) => {
  expect(refused(path)).toEqual([message]);
}); // prettier-ignore

// Each was sent to the API server of Kubernetes 1.34, except the variables: it accepts them.
test.each([
  [{ path: '/*', pathType: 'Prefix' }],
  [{ path: '', pathType: 'ImplementationSpecific' }],
  [{ pathType: 'ImplementationSpecific' }],
  [{ path: '${PATH}', pathType: 'Prefix' }],
  [{ path: '/', pathType: '${TYPE}' }],
  [{ path: '{{ .Values.path }}', pathType: '{{ .Values.type }}' }],
])('the API server accepts the path %j of an Ingress', (path) => {
  expect(refused(path)).toEqual([]);
});

test('an Ingress of an old version needs no type of path', () => {
  expect(refused({ path: '/a' }, 'networking.k8s.io/v1beta1')).toEqual([]);
});
