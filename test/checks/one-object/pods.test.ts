import { afterwards, type DiagnosticCase, type FineCase } from '../one-change.js';

const DNS_LABEL =
  'a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters)';
const PORT_NAME =
  'a port name (lowercase letters, digits and single "-" between them, a letter somewhere, at most 15 characters)';
const PORT = 'a whole number from 1 to 65535';
const IMAGE =
  'an image reference such as registry.example.com/team/app:v1.2.3 (no spaces, a lowercase path, a full digest in lowercase)';
const LABELS = { app: 'a' };
const IN_CONTAINER = 'Deployment default/shop: spec.template.spec.containers[0]';

test.each<DiagnosticCase>([
  [
    'a protocol in small letters',
    ({ container }) => container.ports.push({ name: 'a', containerPort: 9000, protocol: 'tcp' }),
    `${IN_CONTAINER}.ports[3].protocol: expected TCP, UDP or SCTP, got "tcp"`,
  ],
  [
    'a protocol in small letters of a port that a Service names',
    ({ container }) => (container.ports[0].protocol = 'tcp'),
    `${IN_CONTAINER}.ports[0].protocol: expected TCP, UDP or SCTP, got "tcp"`,
  ],
  [
    'a container port name above 15 characters',
    ({ container }) => container.ports.push({ name: 'metrics-and-more', containerPort: 9000 }),
    `${IN_CONTAINER}.ports[3].name: expected ${PORT_NAME}, got "metrics-and-more"`,
  ],
  [
    'a container port that there is not',
    ({ container }) => container.ports.push({ name: 'admin', containerPort: 99_999 }),
    `${IN_CONTAINER}.ports[3].containerPort: expected ${PORT}, got 99999`,
  ],
  [
    'a container port as text',
    ({ container }) => container.ports.push({ name: 'admin', containerPort: '9000' }),
    `${IN_CONTAINER}.ports[3].containerPort: expected ${PORT}, got "9000"; remove the quotes`,
  ],
  [
    'a container port name twice',
    ({ container }) => container.ports.push({ name: 'http', containerPort: 9000 }),
    `${IN_CONTAINER}.ports[3].name: http is the name of another port too`,
  ],
  [
    'a container port twice',
    ({ container }) => container.ports.push({ name: 'admin', containerPort: 8000 }),
    `${IN_CONTAINER}.ports[3].containerPort: TCP 8000 is used by another port of the pod too`,
  ],
  [
    'a port of another container twice',
    ({ pod }) =>
      pod.containers.push({ name: 'proxy', image: 'proxy', ports: [{ name: 'proxy', containerPort: 8000 }] }),
    'Deployment default/shop: spec.template.spec.containers[1].ports[0].containerPort: TCP 8000 is used by another port of the pod too',
  ],
  [
    'a container name twice',
    ({ pod }) => pod.containers.push({ name: 'app', image: 'app' }),
    'Deployment default/shop: spec.template.spec.containers[1].name: app is the name of another container too',
  ],
  [
    'a container without a name',
    ({ pod }) => pod.containers.push({ image: 'a' }, { image: 'b', name: 5 }),
    `Deployment default/shop: spec.template.spec.containers[1].name: missing; expected ${DNS_LABEL}`,
    `Deployment default/shop: spec.template.spec.containers[2].name: expected ${DNS_LABEL}, got 5`,
  ],
  [
    'a container name with "_"',
    ({ container }) => (container.name = 'my_app'),
    `${IN_CONTAINER}.name: expected ${DNS_LABEL}, got "my_app"`,
  ],
  [
    'a variable that begins with a digit',
    ({ container }) => container.env.push({ name: '1A', value: 'b' }),
    `${IN_CONTAINER}.env[2].name: expected the name of an environment variable (letters, digits, "_", "-" and ".", no digit and no ".." first), got "1A"`,
  ],
  [
    'a variable that is a number',
    ({ container }) => (container.env[0].value = 1),
    `${IN_CONTAINER}.env[0].value: expected text, got 1; put it in quotes, as you wrote it`,
  ],
  [
    'a variable that is true',
    ({ container }) => container.env.unshift({ name: 'DEBUG', value: true }),
    `${IN_CONTAINER}.env[0].value: expected text, got true; put it in quotes, as you wrote it`,
  ],
  [
    'a variable that is a list',
    ({ container }) => container.env.unshift({ name: 'HOSTS', value: ['a'] }),
    `${IN_CONTAINER}.env[0].value: expected text, got a list`,
  ],
  [
    'a container without an image',
    ({ pod }) => pod.containers.push({ name: 'a' }, { name: 'b', image: '' }),
    `Deployment default/shop: spec.template.spec.containers[1].image: missing; expected ${IMAGE}`,
    `Deployment default/shop: spec.template.spec.containers[2].image: expected ${IMAGE}, got ""`,
  ],
  [
    'a pod template without containers',
    ({ all }) =>
      all.push(daemonSet({ template: { metadata: { labels: LABELS }, spec: { containers: [] } } })),
    'DaemonSet default/a: spec.template.spec.containers: missing; expected at least one container',
  ],
  [
    'a pod without containers',
    ({ all }) => all.push({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: {} }),
    'Pod default/a: spec.containers: missing; expected at least one container',
  ],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind): DiagnosticCase => [
    `a ${kind} without a selector`,
    ({ all }) => all.push({ ...daemonSet({ selector: undefined }), kind }),
    `${kind} default/a: spec.selector: missing; expected labels of the object's own pods`,
  ]),
  [
    'a selector without labels',
    ({ all }) => all.push(daemonSet({ selector: { matchLabels: {} } })),
    "DaemonSet default/a: spec.selector: is empty; expected labels of the object's own pods",
  ],
  [
    'a probe of a port that is not declared',
    ({ container }) => (container.readinessProbe = { httpGet: { path: '/', port: 'web' } }),
    `${IN_CONTAINER}.readinessProbe.httpGet.port: "web" is not a port of the container: the pod never becomes ready; known are http, metrics-1, metrics-2`,
  ],
  [
    'a TCP probe of a port that is not declared',
    ({ container }) => (container.startupProbe = { tcpSocket: { port: 'web' } }),
    `${IN_CONTAINER}.startupProbe.tcpSocket.port: "web" is not a port of the container: the pod never becomes ready; known are http, metrics-1, metrics-2`,
  ],
  [
    'a liveness probe of a port with a misspelled name',
    ({ container }) => (container.livenessProbe = { httpGet: { path: '/', port: 'htp' } }),
    `${IN_CONTAINER}.livenessProbe.httpGet.port: "htp" is not a port of the container: the probe never fails; did you mean "http"?`,
  ],
  [
    'a probe of a port number that there is not',
    ({ container }) => (container.livenessProbe = { tcpSocket: { port: 80_000 } }),
    `${IN_CONTAINER}.livenessProbe.tcpSocket.port: expected ${PORT}, got 80000`,
  ],
  [
    'a probe of a port number in quotes',
    ({ container }) => (container.livenessProbe = { httpGet: { path: '/', port: '8000' } }),
    `${IN_CONTAINER}.livenessProbe.httpGet.port: expected ${PORT_NAME}, or ${PORT}, got "8000"; remove the quotes`,
  ],
  ...['postStart', 'preStop'].map((hook): DiagnosticCase => [
    `a ${hook} hook of a port that is not declared`,
    ({ container }) => (container.lifecycle = { [hook]: { httpGet: { path: '/', port: 'htp' } } }),
    `${IN_CONTAINER}.lifecycle.${hook}.httpGet.port: "htp" is not a port of the container: the hook fails, and the container ${hook === 'postStart' ? 'is killed' : 'ends at once'}; did you mean "http"?`,
  ]),
  [
    'a hook with tcpSocket, which the kubelet cannot run',
    ({ container }) => (container.lifecycle = { postStart: { tcpSocket: { port: 8000 } } }),
    `${IN_CONTAINER}.lifecycle.postStart.tcpSocket: Kubernetes has no hook with tcpSocket: the hook fails, and the container is killed; write exec or httpGet`,
  ],
  [
    'a mount of no volume',
    ({ container }) => container.volumeMounts.push({ name: 'data', mountPath: '/data' }),
    `${IN_CONTAINER}.volumeMounts[1].name: "data" is not a volume of the pod`,
  ],
])('%s is found, and nothing else', (_, change, ...found) => {
  expect(afterwards(change)).toEqual(found);
});

test.each<FineCase>([
  [
    'an empty name and protocol of a port, as none',
    ({ container }) =>
      container.ports.push(
        { name: '', containerPort: 9000, protocol: '' },
        { name: '', containerPort: 9001 },
      ),
  ],
  [
    'a UDP port of a number that a TCP port has',
    ({ container }) => container.ports.push({ name: 'dns', containerPort: 8000, protocol: 'UDP' }),
  ],
  ['a probe by number', ({ container }) => (container.readinessProbe = { tcpSocket: { port: 8000 } })],
  [
    'a Job without a selector, which Kubernetes gives it',
    ({ all }) => all.push({ ...daemonSet({ selector: undefined }), apiVersion: 'batch/v1', kind: 'Job' }),
  ],
  [
    'a workload of another API group, whose pods are described in another way',
    ({ all }) => all.push({ apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job', metadata: { name: 'a' } }),
  ],
  [
    'a variable that is null, and so empty',
    ({ container }) => container.env.push({ name: 'A', value: null }),
  ],
])('%s is fine', (_, change) => {
  expect(afterwards(change)).toEqual([]);
});

function daemonSet(spec: object) {
  const template = { metadata: { labels: LABELS }, spec: { containers: [{ name: 'a', image: 'a' }] } };
  const whole = { selector: { matchLabels: LABELS }, template, ...spec };
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'a' }, spec: whole };
}
