import { formatDiagnostic, placed } from '../../src/diagnostics/diagnostic.js';
import { shapeDiagnostics } from '../../src/kubernetes-shapes/check-shape.js';
import { gatewayShapes, kubernetesShapes, shapeSchema } from '../../src/kubernetes-shapes/shapes.js';

const problems = (shape: string, value: unknown) =>
  shapeDiagnostics(shapeSchema(shape), value).map((problem) => formatDiagnostic(placed(problem, {})));

test.each([
  ['Probe', { httpGet: { port: 'http', path: '/' }, periodSeconds: 5 }],
  ['Probe', { httpGet: { port: 8000, path: null } }],
  [
    'Container',
    {
      name: 'a',
      resources: { limits: { cpu: 1, memory: '1Gi' } },
      ports: [{ containerPort: 1, hostIP: '::' }],
    },
  ],
  ['ServiceSpec', { clusterIP: 'None', loadBalancerIP: '192.0.2.1', externalIPs: [] }],
  [
    'PodSpec',
    {
      containers: [],
      hostPID: true,
      hostIPC: true,
      setHostnameAsFQDN: true,
      volumes: [{ name: 'a', downwardAPI: {} }],
    },
  ],
  ['PodSpec.nodeSelector', { disk: 'ssd' }],
  [
    'HorizontalPodAutoscalerSpecV2.metrics',
    [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization' } } }],
  ],
  // An empty text is no value: charts write it.
  ['Container', { name: 'a', imagePullPolicy: '', terminationMessagePolicy: null }],
  ['HostPathVolumeSource', { path: '/x', type: '' }],
  // Kubernetes 1.28 accepts it, though its OpenAPI requires onPodConditions.
  ['PodFailurePolicyRule', { action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }],
  ['PodFailurePolicyRule', { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }],
])('%s accepts %j', (shape, value) => {
  expect(problems(shape, value)).toEqual([]);
});

test.each<[string, unknown, ...string[]]>([
  [
    'Probe',
    { httpGett: {} },
    'httpGett: a Probe of Kubernetes 1.28 has no such field; did you mean "httpGet"?',
  ],
  ['Probe', { httpGet: {} }, 'httpGet.port: missing; expected a whole number or text'],
  ['Probe', { httpGet: { port: 1.5 } }, 'httpGet.port: expected a whole number or text, got 1.5'],
  ['Probe', { periodSeconds: '5' }, 'periodSeconds: expected a whole number, got "5"; remove the quotes'],
  [
    'ServiceSpec',
    { clusterIp: 'None' },
    'clusterIp: a ServiceSpec of Kubernetes 1.28 has no such field; did you mean "clusterIP"?',
  ],
  [
    'Lifecycle',
    { preStop: { sleep: { seconds: 5 } } },
    'preStop.sleep: a field of Kubernetes 1.29 or later, and the keys have the fields of 1.28; write it in patches',
  ],
  ['Container', { name: 'a', command: 'sh' }, 'command: expected a list, got "sh"'],
  [
    'Volume',
    { name: 'a', configMap: 'x' },
    'configMap: expected a map with defaultMode, items, name or optional, got "x"; write { name: x }',
  ],
  [
    'Volume',
    { name: 'a', secret: 'x' },
    'secret: expected a map with defaultMode, items, optional or secretName, got "x"; write { secretName: x }',
  ],
  [
    'Volume',
    { name: 'a', hostPath: '/x' },
    'hostPath: expected a map with path or type, got "/x"; write { path: /x }',
  ],
  [
    'Volume',
    { name: 'a', persistentVolumeClaim: 'x' },
    'persistentVolumeClaim: expected a map with claimName or readOnly, got "x"; write { claimName: x }',
  ],
  ['Volume', { name: 'a', nfs: 'x' }, 'nfs: expected a map with path, readOnly or server, got "x"'],
  [
    'Volume',
    { name: 'a', nfs: '/x' },
    'nfs: expected a map with path, readOnly or server, got "/x"; write { path: /x, server: … }',
  ],
  [
    'Volume',
    { name: 'a', emptyDir: true },
    'emptyDir: expected a map with medium or sizeLimit, got true; write {}',
  ],
  [
    'Volume',
    { name: 'a', emptyDir: '1Gi' },
    'emptyDir: expected a map with medium or sizeLimit, got "1Gi"; write { sizeLimit: 1Gi }',
  ],
  [
    'Volume',
    { name: 'a', secret: 's3cr et!' },
    'secret: expected a map with defaultMode, items, optional or secretName, got "s3cr et!"',
  ],
  [
    'Container',
    { name: 'a', env: [{ name: 'A', valueFrom: { secretKeyRef: 'x' } }] },
    'env[0].valueFrom.secretKeyRef: expected a map with key, name or optional, got "x"',
  ],
  [
    'Probe',
    { tcpSocket: 8000 },
    'tcpSocket: expected a map with host or port, got 8000; write { port: 8000 }',
  ],
  [
    'Probe',
    { httpGet: '/x' },
    'httpGet: expected a map with host, httpHeaders, path, port or scheme, got "/x"; write { path: /x, port: … }',
  ],
  [
    'DeploymentSpec',
    { selector: {}, template: {}, strategy: 'Recreate' },
    'strategy: expected a map with rollingUpdate or type, got "Recreate"; write { type: Recreate }',
  ],
  [
    'DeploymentSpec',
    { selector: {}, template: {}, strategy: 'rollingupdate' },
    'strategy: expected a map with rollingUpdate or type, got "rollingupdate"; write { type: RollingUpdate }',
  ],
  [
    'DeploymentStrategy',
    { maxSurge: 1 },
    'maxSurge: a DeploymentStrategy of Kubernetes 1.28 has no such field; it belongs to rollingUpdate: write rollingUpdate: { maxSurge: 1 }',
  ],
  [
    'LifecycleHandler',
    { command: ['sleep', '5'] },
    'command: a LifecycleHandler of Kubernetes 1.28 has no such field; it belongs to exec: write exec: { command: … }',
  ],
  [
    'PodAffinityTerm',
    { topologyKey: 'zone', labelSelector: { app: 'web' } },
    'labelSelector.app: a LabelSelector of Kubernetes 1.28 has no such field; it belongs to matchLabels: write matchLabels: { app: web }',
  ],
  [
    'NetworkPolicyPeer',
    { ipBlock: '10.0.0.0/8', namespaceSelector: true },
    'ipBlock: expected a map with cidr or except, got "10.0.0.0/8"; write { cidr: 10.0.0.0/8 }',
    'namespaceSelector: expected a map with matchExpressions or matchLabels, got true; write {}',
  ],
  ['PodSpec', { containers: [], securityContext: 'root' }, 'securityContext: expected a map, got "root"'],
  [
    'NetworkPolicyPeer',
    { podSelector: { matchExpressions: [{ key: null, operator: 'Exists' }] } },
    'podSelector.matchExpressions[0].key: expected text, got null; remove the line: null removes a field of a map, and this is in a list',
  ],
  ...['Container.restartPolicyRules 1.34', 'Volume.image 1.31'].map((newer): [string, unknown, string] => {
    const [shape = '', field = '', version = ''] = newer.split(/[. ](?!\d+$)/);
    return [
      shape,
      { name: 'a', [field]: {} },
      `${field}: a field of Kubernetes ${version} or later, and the keys have the fields of 1.28; write it in patches`,
    ];
  }),
  ['Container', { name: 'a', env: [null] }, 'env[0]: expected a map with name, value or valueFrom, got null'],
  ['Container', { name: 'a', stdin: 'yes' }, 'stdin: expected true or false, got "yes"'],
  [
    'EmptyDirVolumeSource',
    { sizeLimit: '1 Gi' },
    'sizeLimit: expected a quantity such as 500m, 0.5, 256Mi or 2Gi, got "1 Gi"; write 1Gi',
  ],
  [
    'Toleration',
    { key: 'spot', operator: 'exists' },
    'operator: expected Exists or Equal, got "exists"; did you mean "Exists"?',
  ],
  [
    'ServiceSpec',
    { ipFamilies: ['IPv4', 'ipv6'] },
    'ipFamilies[1]: expected IPv4 or IPv6, got "ipv6"; did you mean "IPv6"?',
  ],
  [
    'ServiceSpec',
    { ipFamilyPolicy: 'dual' },
    'ipFamilyPolicy: expected SingleStack, PreferDualStack or RequireDualStack, got "dual"',
  ],
  [
    'PodSpec.nodeSelector',
    { disk: true },
    'disk: expected text, got true; put it in quotes, as you wrote it',
  ],
])('%s refuses %j', (shape, value, ...messages) => {
  expect(problems(shape, value)).toEqual(messages);
});

test('every field of every shape has a type', () => {
  const untyped = Object.entries({ ...kubernetesShapes(), ...gatewayShapes() }).flatMap(
    ([shape, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, { type, $ref }]) => type === undefined && $ref === undefined)
        .map(([field]) => `${shape}.${field}`),
  );
  expect(untyped).toEqual(['ManagedFieldsEntry.fieldsV1']);
});
