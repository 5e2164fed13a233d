import { trace } from '../../../src/checks/trace/trace.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { podMonitor, template, workload } from '../manifests-of-others.js';

const found = (manifest: Manifest) => trace([manifest]).diagnostics;
/** The warnings of trace about fields that Kubernetes does not have. */
const mistyped = (manifest: Manifest) =>
  found(manifest)
    .filter(({ message }) => message.includes('no such field'))
    .map((one) => `${one.severity}: ${formatDiagnostic(one)}`);
/** The fields that the API server refuses, with the messages. */
const refused = (manifest: Manifest) =>
  found(manifest).flatMap(({ rejectedBy, field, message, hint }) =>
    rejectedBy === 'API server' ? `${field}: ${message}${hint === undefined ? '' : `; ${hint}`}` : [],
  );
const selector = { matchLabels: { app: 'web' } };
const podOf = (container: object, pod: object = {}) => ({
  ...template,
  spec: { containers: [{ name: 'web', image: 'web', ...container }], ...pod },
});
const withContainer = (container: object) => workload('Deployment', { selector, template: podOf(container) });
const withSpec = (spec: object) => workload('Deployment', { selector, template, ...spec });
const withPod = (pod: object) => workload('Deployment', { selector, template: podOf({}, pod) });
const object = (apiVersion: string, kind: string, spec: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});
const service = (port: object) =>
  object('v1', 'Service', { selector: { app: 'web' }, ports: [{ port: 80, ...port }] });

test.each([
  [
    'a Deployment',
    withSpec({ replica: 3 }),
    'Deployment shop/web: spec.replica: a DeploymentSpec of Kubernetes 1.28 has no such field; did you mean "replicas"?',
  ],
  [
    'a container',
    withContainer({ imagePullpolicy: 'Always' }),
    'Deployment shop/web: spec.template.spec.containers[0].imagePullpolicy: a Container of Kubernetes 1.28 has no such field; did you mean "imagePullPolicy"?',
  ],
  [
    'a port of a Service',
    service({ targetport: 8000 }),
    'Service shop/web: spec.ports[0].targetport: a ServicePort of Kubernetes 1.28 has no such field; did you mean "targetPort"?',
  ],
  [
    'the claims of a StatefulSet',
    workload('StatefulSet', { selector, template, volumeClaimTemplates: [{ metadatas: {} }] }),
    'StatefulSet shop/web: spec.volumeClaimTemplates[0].metadatas: a PersistentVolumeClaim of Kubernetes 1.28 has no such field; did you mean "metadata"?',
  ],
  [
    'a DaemonSet',
    workload('DaemonSet', { selector, template, updatestrategy: {} }),
    'DaemonSet shop/web: spec.updatestrategy: a DaemonSetSpec of Kubernetes 1.28 has no such field; did you mean "updateStrategy"?',
  ],
  [
    'the selector of a budget',
    object('policy/v1', 'PodDisruptionBudget', { maxUnavailable: 1, selector: { app: 'web' } }),
    'PodDisruptionBudget shop/web: spec.selector.app: a LabelSelector of Kubernetes 1.28 has no such field; it belongs to matchLabels: write matchLabels: { app: web }',
  ],
])('trace warns of a mistyped field of %s', (_, manifest, message) => {
  expect(mistyped(manifest)).toEqual([`warning: ${message}`]);
});

const MOUNTS = podOf({ volumeMount: [] });
test.each([
  ['Deployment', workload('Deployment', { selector, template: MOUNTS })],
  ['StatefulSet', workload('StatefulSet', { selector, template: MOUNTS })],
  ['DaemonSet', workload('DaemonSet', { selector, template: MOUNTS })],
  ['ReplicaSet', workload('ReplicaSet', { selector, template: MOUNTS })],
  ['Pod', object('v1', 'Pod', MOUNTS.spec)],
  ['Job', object('batch/v1', 'Job', { template: MOUNTS })],
  ['CronJob', object('batch/v1', 'CronJob', { jobTemplate: { spec: { template: MOUNTS } } })],
])('trace warns of a mistyped field in the pods of a %s', (_, manifest) => {
  expect(mistyped(manifest)).toEqual([
    expect.stringMatching(/containers\[0\]\.volumeMount: .*; did you mean "volumeMounts"\?$/),
  ]);
});

test.each([
  ['is newer than its shapes', withContainer({ resizePolicy: [], restartPolicyRules: [] })],
  ['is a placeholder for labels', withSpec({ selector: { ...selector, HELMSUBST_LABELS: '' } })],
  ['is like no other', withContainer({ gpuBudget: 2 })],
  [
    'belongs to a kind of another group',
    { ...workload('Deployment', { replica: 3 }), apiVersion: 'example.com/v1' },
  ],
  ['is in an object without a spec', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }],
  [
    'is in the claims of a StatefulSet in a cluster',
    workload('StatefulSet', {
      selector,
      template,
      volumeClaimTemplates: [
        { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } },
      ],
    }),
  ],
])('trace does not warn of a field that %s', (_, manifest) => {
  expect(mistyped(manifest)).toEqual([]);
});

const IN_CONTAINER = 'spec.template.spec.containers[0]';
// Each was sent to the API server of Kubernetes 1.34: it refuses them.
test.each([
  ['a number in quotes', withSpec({ replicas: '3' }), 'spec.replicas: expected a whole number, got "3"; remove the quotes'],
  ['a number with a unit', withPod({ terminationGracePeriodSeconds: '30s' }), 'spec.template.spec.terminationGracePeriodSeconds: expected a whole number, got "30s"'],
  ['a fraction', withPod({ terminationGracePeriodSeconds: 1.5 }), 'spec.template.spec.terminationGracePeriodSeconds: expected a whole number, got 1.5'],
  ['a boolean in quotes', withPod({ hostNetwork: 'true' }), 'spec.template.spec.hostNetwork: expected true or false, got "true"; remove the quotes'],
  ['a number as text', withPod({ priorityClassName: 5 }), 'spec.template.spec.priorityClassName: expected text, got 5; put it in quotes, as you wrote it'],
  ['a command in one text', withContainer({ command: 'gunicorn shop' }), `${IN_CONTAINER}.command: expected a list, got "gunicorn shop"`],
  ['a map of variables', withContainer({ env: { DEBUG: 'no' } }), `${IN_CONTAINER}.env: expected a list, got a map with DEBUG`],
  ['a map of settings', withContainer({ env: { DEBUG: true, LOG_LEVEL: 'info' } }), `${IN_CONTAINER}.env: expected a list, got a map with DEBUG, LOG_LEVEL`],
  ['a boolean in capitals and quotes', withPod({ hostNetwork: 'TRUE' }), 'spec.template.spec.hostNetwork: expected true or false, got "TRUE"'],
  ['a list in the place of a map', withContainer({ resources: [] }), `${IN_CONTAINER}.resources: expected a map with claims, limits or requests, got a list`],
  ['a quantity', withPod({ volumes: [{ name: 'a', emptyDir: { sizeLimit: '1GB' } }] }), 'spec.template.spec.volumes[0].emptyDir.sizeLimit: expected a quantity such as 500m, 0.5, 256Mi or 2Gi, got "1GB"; write 1Gi'],
  ['the pods of a DaemonSet', workload('DaemonSet', { selector, template: podOf({ stdin: 'yes' }) }), `${IN_CONTAINER}.stdin: expected true or false, got "yes"`],
  ['a node port', service({ nodePort: '30080' }), 'spec.ports[0].nodePort: expected a whole number, got "30080"; remove the quotes'],
  ['an autoscaler', object('autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: '9' }), 'spec.maxReplicas: expected a whole number, got "9"; remove the quotes'],
])('trace refuses a wrong type: %s', (_, manifest, message) => {
  expect(refused(manifest)).toEqual([message]);
}); // prettier-ignore

test.each([
  ['an operator', withPod({ tolerations: [{ key: 'spot', operator: 'exists' }] }), 'spec.template.spec.tolerations[0].operator: expected Exists or Equal, got "exists"; did you mean "Exists"?'],
  ['a pull policy', withContainer({ imagePullPolicy: 'always' }), `${IN_CONTAINER}.imagePullPolicy: expected Always, IfNotPresent or Never, got "always"; did you mean "Always"?`],
  ['a type of Service', object('v1', 'Service', { type: 'nodePort', ports: [{ port: 80 }] }), 'spec.type: expected ClusterIP, NodePort, LoadBalancer or ExternalName, got "nodePort"; did you mean "NodePort"?'],
  ['a family of addresses', object('v1', 'Service', { ipFamilies: ['ipv4'], ports: [{ port: 80 }] }), 'spec.ipFamilies[0]: expected IPv4 or IPv6, got "ipv4"; did you mean "IPv4"?'],
  ['a policy of a CronJob', object('batch/v1', 'CronJob', { schedule: '0 3 * * *', concurrencyPolicy: 'forbid', jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } } } }), 'spec.concurrencyPolicy: expected Allow, Forbid or Replace, got "forbid"; did you mean "Forbid"?'],
  ['a type of strategy, once', withSpec({ strategy: { type: 'recreate' } }), 'spec.strategy.type: expected RollingUpdate or Recreate, got "recreate"; did you mean "Recreate"?'],
  ['a protocol, once', withContainer({ ports: [{ containerPort: 8000, protocol: 'tcp' }] }), `${IN_CONTAINER}.ports[0].protocol: expected TCP, UDP or SCTP, got "tcp"`],
])('trace refuses a word in another case: %s', (_, manifest, message) => {
  expect(refused(manifest)).toEqual([expect.stringContaining(message)]);
}); // prettier-ignore

test('a wrong type breaks the chains through its object', () => {
  const { chains } = trace([withSpec({ replicas: '3' }), podMonitor({})]);
  expect(chains).toMatchObject([
    { isWhole: false, reason: 'the API server refuses Deployment shop/web' },
    {},
  ]);
});

test('a field that another check refuses is reported once', () => {
  expect(refused(withContainer({ ports: [{ containerPort: '8000' }], env: [{ name: 'A', value: 1 }] }))).toEqual([
    expect.stringMatching(/^spec\.template\.spec\.containers\[0\]\.env\[0\]\.value: /),
    expect.stringMatching(/^spec\.template\.spec\.containers\[0\]\.ports\[0\]\.containerPort: /),
  ]);
}); // prettier-ignore

// Each was sent to the API server of Kubernetes 1.34, except the placeholders: it accepts them.
test.each([
  ['a number or text', withSpec({ strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } } })],
  ['a number with a zero fraction', withSpec({ replicas: 3.0 })],
  ['an empty field', withSpec({ replicas: null, strategy: null })],
  ['an empty field in a list', withPod({ volumes: [{ name: 'a', emptyDir: null }] })],
  ['an empty word of a command', withContainer({ args: ['run', null] })],
  ['a quantity with spaces', withContainer({ resources: { limits: { memory: ' 1Gi ' } } })],
  ['a quantity in an unusual notation', withPod({ volumes: [{ name: 'a', emptyDir: { sizeLimit: '1e9' } }] })],
  ['the time of creation', workload('StatefulSet', { selector, template, volumeClaimTemplates: [{ metadata: { name: 'a', creationTimestamp: null } }] })],
  ['a variable of Flux', withSpec({ replicas: '${REPLICAS}', paused: '${PAUSED:=false}' })],
  ['a template of Helm', withSpec({ replicas: '{{ .Values.replicas }}', minReadySeconds: '{{a}}{{b}}' })],
  ['a word of kustomize', withSpec({ replicas: 'FROM_OVERLAY', paused: '<PAUSED>' })],
  ['a variable of envsubst', withSpec({ replicas: '$REPLICAS', paused: '__PAUSED__' })],
  ['a word that a newer Kubernetes may know', withPod({ tolerations: [{ key: 'spot', operator: 'Gt', value: '5' }] })],
  ['a word that is not there', withPod({ dnsPolicy: '', restartPolicy: '', tolerations: [{ operator: '', effect: '' }] })],
  ['a variable of Flux for a word', withPod({ dnsPolicy: '${DNS_POLICY}' })],
  ['a map of placeholders for a list', withPod({ tolerations: { HELMSUBST_TOLERATIONS: '' } })],
  ['an assertion of Chainsaw', withPod({ volumes: { '(length(@))': 3 } })],
])('trace accepts %s', (_, manifest) => {
  expect(refused(manifest)).toEqual([]);
}); // prettier-ignore
