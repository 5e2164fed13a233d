import { trace } from '../../src/checks/trace/trace.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { template, workload } from './manifests-of-others.js';

/** The warnings of trace about fields that Kubernetes does not have. */
const said = (manifest: Manifest) =>
  trace([manifest])
    .diagnostics.filter(({ message }) => message.includes('no such field'))
    .map((found) => `${found.severity}: ${formatDiagnostic(found)}`);
const selector = { matchLabels: { app: 'web' } };
const withContainer = (fields: object) => {
  const containers = [{ name: 'web', image: 'web', ...fields }];
  return workload('Deployment', { selector, template: { ...template, spec: { containers } } });
};

test.each([
  [
    'a Deployment',
    workload('Deployment', { selector, template, replica: 3 }),
    'Deployment shop/web: spec.replica: a DeploymentSpec of Kubernetes 1.28 has no such field; did you mean "replicas"?',
  ],
  [
    'a container',
    withContainer({ imagePullpolicy: 'Always' }),
    'Deployment shop/web: spec.template.spec.containers[0].imagePullpolicy: a Container of Kubernetes 1.28 has no such field; did you mean "imagePullPolicy"?',
  ],
  [
    'a port of a Service',
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetport: 8000 }] },
    },
    'Service shop/web: spec.ports[0].targetport: a ServicePort of Kubernetes 1.28 has no such field; did you mean "targetPort"?',
  ],
])('trace warns of a mistyped field of %s', (_, manifest, message) => {
  expect(said(manifest)).toEqual([`warning: ${message}`]);
});

test.each([
  ['is newer than its shapes', withContainer({ resizePolicy: [], restartPolicyRules: [] })],
  ['is like no other', withContainer({ gpuBudget: 2 })],
  [
    'belongs to a kind of another group',
    { ...workload('Deployment', { replica: 3 }), apiVersion: 'example.com/v1' },
  ],
  ['is in an object without a spec', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }],
])('trace does not warn of a field that %s', (_, manifest) => {
  expect(said(manifest)).toEqual([]);
});
