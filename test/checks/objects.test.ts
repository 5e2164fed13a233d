import { checkManifests } from '../../src/checks/check-manifests.js';
import { formatFinding } from '../../src/checks/manifest.js';
import { shop } from '../a-worker-app.js';
import { manifestsOf, type ShopManifests } from '../manifests-of.js';

const NAME_1035 =
  'a DNS-1035 label (lowercase letters, digits and "-", a letter first, no "-" last, at most 63 characters)';
const DNS_LABEL =
  'a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters)';
const SUBDOMAIN =
  'a DNS subdomain (lowercase letters, digits, "-" and ".", a letter or digit at both ends, at most 253 characters)';
const LABEL_VALUE =
  'a label value (letters, digits, "-", "_" and ".", a letter or digit at both ends, at most 63 characters)';
const PORT_NAME =
  'a port name (lowercase letters, digits and single "-" between them, a letter somewhere, at most 15 characters)';
const PORT = 'a whole number from 1 to 65535';
const IMAGE = 'an image reference such as registry.example.com/team/app:v1.2.3 (no spaces, a lowercase path)';
const LABELS = { app: 'a' };
const IN_CONTAINER = 'Deployment default/shop: spec.template.spec.containers[0]';

/** What the checks find once one thing in good manifests is changed. */
function afterwards(change: (shop: ShopManifests) => unknown): string[] {
  const good = manifestsOf(shop({ workers: 2, http: { healthPath: '/up' } }));
  change(good);
  return checkManifests(good.all).map(formatFinding);
}

type FindingCase = [string, (shop: ShopManifests) => unknown, ...string[]];

test.each<FindingCase>([
  [
    'a Service name that begins with a digit',
    ({ service }) => (service.metadata.name = '1shop'),
    `Service default/1shop: metadata.name: expected ${NAME_1035}, got "1shop"`,
  ],
  [
    'a Deployment name with a capital',
    ({ deployment }) => (deployment.metadata.name = 'Shop'),
    `Deployment default/Shop: metadata.name: expected ${SUBDOMAIN}, got "Shop"`,
  ],
  [
    'no name',
    ({ monitor }) => delete monitor.metadata.name,
    `ServiceMonitor default/?: metadata.name: missing; expected ${SUBDOMAIN}`,
  ],
  [
    'a namespace with a dot',
    ({ all }) => all.push(configMap('a.b')),
    `ConfigMap a.b/a: metadata.namespace: expected ${DNS_LABEL}, got "a.b"`,
  ],
  [
    'a label value with a space',
    ({ deployment }) => (deployment.metadata.labels.team = 'the a team'),
    `Deployment default/shop: metadata.labels["team"]: expected ${LABEL_VALUE}, got "the a team"`,
  ],
  [
    'a label value of a pod that is a number',
    ({ deployment }) => (deployment.spec.template.metadata.labels.year = 2024),
    `Deployment default/shop: spec.template.metadata.labels["year"]: expected ${LABEL_VALUE}, got 2024`,
  ],
  [
    'a label key with a space',
    ({ monitor }) => (monitor.metadata.labels['my team'] = 'a'),
    'ServiceMonitor default/shop: metadata.labels["my team"]: expected a label key (a name of at most 63 letters, digits, "-", "_" and ".", with or without a DNS prefix and "/"), got "my team"',
  ],
  [
    'no apiVersion',
    ({ deployment }) => delete deployment.apiVersion,
    'Deployment default/shop: apiVersion: missing; expected a version such as v1 or apps/v1',
  ],
  [
    'no kind',
    ({ all }) => all.push({ apiVersion: 'v1', metadata: { name: 'a' } }),
    'object default/a: kind: missing; expected a kind such as Service',
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
    `${IN_CONTAINER}.ports[3].containerPort: expected ${PORT}, got "9000"`,
  ],
  [
    'a container port name twice',
    ({ container }) => container.ports.push({ name: 'http', containerPort: 9000 }),
    `${IN_CONTAINER}.ports[3].name: http is the name of another port too`,
  ],
  [
    'a container port twice',
    ({ container }) => container.ports.push({ name: 'admin', containerPort: 8000 }),
    `${IN_CONTAINER}.ports[3].containerPort: TCP 8000 is another port's of the pod too`,
  ],
  [
    'a port of another container twice',
    ({ pod }) =>
      pod.containers.push({ name: 'proxy', image: 'proxy', ports: [{ name: 'proxy', containerPort: 8000 }] }),
    "Deployment default/shop: spec.template.spec.containers[1].ports[0].containerPort: TCP 8000 is another port's of the pod too",
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
    `${IN_CONTAINER}.env: expected the name of an environment variable (letters, digits, "_", "-" and ".", no digit and no ".." first), got "1A"`,
  ],
  [
    'a variable that is a number',
    ({ container }) => (container.env[0].value = 1),
    `${IN_CONTAINER}.env[0].value: expected text, got 1; write it in quotes: "1"`,
  ],
  [
    'a variable that is true',
    ({ container }) => container.env.unshift({ name: 'DEBUG', value: true }),
    `${IN_CONTAINER}.env[0].value: expected text, got true; write it in quotes: "true"`,
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
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind): FindingCase => [
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
    'half a resource with a domain',
    ({ container }) => (container.resources.limits['nvidia.com/gpu'] = '500m'),
    `${IN_CONTAINER}.resources.limits["nvidia.com/gpu"]: expected a whole number, got 500m`,
  ],
  [
    'a request for a resource with a domain, without a limit',
    ({ container }) => (container.resources.requests['nvidia.com/gpu'] = 1),
    `${IN_CONTAINER}.resources.requests["nvidia.com/gpu"]: a device is not lent out twice: the limit must be the request; set resources.limits.nvidia.com/gpu to 1`,
  ],
  [
    'a request for a resource with a domain, below its limit',
    ({ container }) => {
      container.resources.requests['nvidia.com/gpu'] = 1;
      container.resources.limits['nvidia.com/gpu'] = 2;
    },
    `${IN_CONTAINER}.resources.requests["nvidia.com/gpu"]: a device is not lent out twice: the limit must be the request; set resources.limits.nvidia.com/gpu to 1`,
  ],
  [
    'a probe of a port that is not declared',
    ({ container }) => (container.readinessProbe = { httpGet: { path: '/', port: 'web' } }),
    `${IN_CONTAINER}.readinessProbe.httpGet.port: "web" is no port of the container`,
  ],
  [
    'a TCP probe of a port that is not declared',
    ({ container }) => (container.startupProbe = { tcpSocket: { port: 'web' } }),
    `${IN_CONTAINER}.startupProbe.tcpSocket.port: "web" is no port of the container`,
  ],
  [
    'a request above its limit',
    ({ container }) => (container.resources.requests.memory = '1Gi'),
    `${IN_CONTAINER}.resources.requests.memory: the request of 1Gi is above the limit of 640Mi; lower it, or raise resources.limits.memory`,
  ],
  [
    'a request that is no quantity',
    ({ container }) => (container.resources.requests.memory = '256 MB'),
    `${IN_CONTAINER}.resources.requests.memory: expected a quantity such as 500m, 0.5, 256Mi or 2Gi, got "256 MB"`,
  ],
  [
    'a limit that is no quantity',
    ({ container }) => (container.resources.limits.cpu = true),
    `${IN_CONTAINER}.resources.limits.cpu: expected a quantity such as 500m, 0.5, 256Mi or 2Gi, got true`,
  ],
  [
    'a scrape timeout above the interval',
    ({ monitor }) => Object.assign(monitor.spec.endpoints[1], { interval: '1m', scrapeTimeout: '61s' }),
    'ServiceMonitor default/shop: spec.endpoints[1].scrapeTimeout: 61s is above the interval of 1m; the operator drops the whole monitor',
  ],
  [
    'a mount of no volume',
    ({ container }) => container.volumeMounts.push({ name: 'data', mountPath: '/data' }),
    `${IN_CONTAINER}.volumeMounts[1].name: "data" is no volume of the pod`,
  ],
  [
    'a Service without ports',
    ({ all }) => all.push({ ...headless(), spec: { selector: { a: 'b' } } }),
    'Service default/a: spec.ports: missing; expected at least one port',
  ],
  [
    'a Service port that there is not',
    ({ service }) => service.spec.ports.push({ name: 'admin', port: 99_999, targetPort: 'http' }),
    `Service default/shop: spec.ports[3].port: expected ${PORT}, got 99999`,
  ],
  [
    'a Service port twice',
    ({ service }) => service.spec.ports.push({ name: 'admin', port: 80, targetPort: 'http' }),
    "Service default/shop: spec.ports[3].port: TCP 80 is another port's too",
  ],
  [
    'a Service port name twice',
    ({ service }) => service.spec.ports.push({ name: 'http', port: 81, targetPort: 'http' }),
    'Service default/shop: spec.ports[3].name: http is the name of another port too',
  ],
  [
    'a Service port without a name, beside others',
    ({ service }) => service.spec.ports.push({ port: 81, targetPort: 'http' }),
    `Service default/shop: spec.ports[3].name: missing; expected ${DNS_LABEL}`,
  ],
  [
    'a target port name above 15 characters',
    ({ service }) => service.spec.ports.push({ name: 'admin', port: 81, targetPort: 'metrics-and-more' }),
    `Service default/shop: spec.ports[3].targetPort: expected ${PORT_NAME}, or ${PORT}, got "metrics-and-more"`,
  ],
  [
    'an object twice',
    ({ all, service }) => all.push({ ...service, metadata: { ...service.metadata, labels: {} } }),
    'Service default/shop: there is another object of this kind, namespace and name; one would overwrite the other',
  ],
  [
    'an object twice, once with its namespace spelt out, in two versions of its API group',
    ({ all }) => {
      const metadata = { name: 'a' };
      all.push({ apiVersion: 'batch/v1', kind: 'X', metadata });
      all.push({ apiVersion: 'batch/v1beta1', kind: 'X', metadata: { ...metadata, namespace: 'default' } });
    },
    'X default/a: there is another object of this kind, namespace and name; one would overwrite the other',
  ],
])('%s is found, and nothing else', (_, change, ...found) => {
  expect(afterwards(change)).toEqual(found);
});

test.each<[string, (shop: ShopManifests) => unknown]>([
  [
    'a UDP port of a number that a TCP port has',
    ({ container }) => container.ports.push({ name: 'dns', containerPort: 8000, protocol: 'UDP' }),
  ],
  ['a probe by number', ({ container }) => (container.readinessProbe = { tcpSocket: { port: 8000 } })],
  ['a request with an exponent', ({ container }) => (container.resources.requests.memory = '1e8')],
  ['a request that is a number', ({ container }) => (container.resources.requests.cpu = 0.5)],
  [
    'a scrape timeout that is the interval',
    ({ monitor }) => Object.assign(monitor.spec.endpoints[1], { interval: '1m', scrapeTimeout: '60s' }),
  ],
  [
    "a scrape timeout without an interval, which is then Prometheus' own",
    ({ monitor }) => {
      delete monitor.spec.endpoints[1].interval;
      monitor.spec.endpoints[1].scrapeTimeout = '50s';
    },
  ],
  ['a request that is its limit', ({ container }) => (container.resources.requests.memory = '640Mi')],
  ['an empty label value', ({ deployment }) => (deployment.metadata.labels.team = '')],
  ['an object of one name in two namespaces', ({ all }) => all.push(configMap('a'), configMap('b'))],
  [
    'an object of one name in two API groups',
    ({ all }) => all.push(ingress('extensions/v1beta1'), ingress('networking.k8s.io/v1')),
  ],
  ['a single Service port without a name', ({ all }) => all.push(headless())],
  ['a headless Service without ports', ({ all }) => all.push({ ...headless(), spec: { clusterIP: 'None' } })],
  [
    'a Service that is a name elsewhere, without ports',
    ({ all }) => all.push({ ...headless(), spec: { type: 'ExternalName', externalName: 'db.example.com' } }),
  ],
  [
    'a Job without a selector, which Kubernetes gives it',
    ({ all }) => all.push({ ...daemonSet({ selector: undefined }), kind: 'Job' }),
  ],
  [
    'a workload of another API group, whose pods are described in another way',
    ({ all }) => all.push({ apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job', metadata: { name: 'a' } }),
  ],
  [
    'a variable that is null, and so empty',
    ({ container }) => container.env.push({ name: 'A', value: null }),
  ],
  [
    'a resource with a domain whose limit is its request',
    ({ container }) => {
      container.resources.requests['nvidia.com/gpu'] = '1k';
      container.resources.limits['nvidia.com/gpu'] = 1000;
    },
  ],
  [
    'a limit of a resource with a domain alone, which is its request too',
    ({ container }) => (container.resources.limits['nvidia.com/gpu'] = '1'),
  ],
  [
    "a request for a resource of Kubernetes' own domain, without a limit",
    ({ container }) => (container.resources.requests['scheduling.kubernetes.io/x'] = 1),
  ],
  [
    'a fraction of a byte, as Kubernetes itself writes 1.6Gi',
    ({ container }) => (container.resources.limits.memory = '1717986918400m'),
  ],
])('%s is fine', (_, change) => {
  expect(afterwards(change)).toEqual([]);
});

const DURATION =
  '"^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$"';

test.each<[string, (shop: ShopManifests) => unknown, string]>([
  [
    'a bad interval',
    ({ monitor }) => (monitor.spec.endpoints[0].interval = '15 s'),
    `ServiceMonitor default/shop: spec.endpoints[0].interval: must match pattern ${DURATION}, got "15 s"`,
  ],
  [
    'an interval that is a number, once',
    ({ monitor }) => (monitor.spec.endpoints[0].interval = 15),
    'ServiceMonitor default/shop: spec.endpoints[0].interval: must be string, got 15',
  ],
  [
    'an unknown scheme',
    ({ monitor }) => (monitor.spec.endpoints[0].scheme = 'gopher'),
    'ServiceMonitor default/shop: spec.endpoints[0].scheme: must be one of http, https, HTTP, HTTPS, got "gopher"',
  ],
  [
    'a target port of neither of two types',
    ({ monitor }) => (monitor.spec.endpoints[0].targetPort = true),
    'ServiceMonitor default/shop: spec.endpoints[0].targetPort: must be string or must be integer, got true',
  ],
  [
    'a label that is a number',
    ({ monitor }) => (monitor.spec.selector.matchLabels['a/b~c'] = 5),
    'ServiceMonitor default/shop: spec.selector.matchLabels["a/b~c"]: must be string, got 5',
  ],
  [
    'no selector',
    ({ monitor }) => delete monitor.spec.selector,
    'ServiceMonitor default/shop: spec.selector: missing; expected a value',
  ],
  [
    'a PodMonitor with a bad interval',
    ({ all }) => all.push({
      apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: 'a' },
      spec: { selector: {}, podMetricsEndpoints: [{ port: 'http', interval: 'often' }] },
    }), // prettier-ignore
    `PodMonitor default/a: spec.podMetricsEndpoints[0].interval: must match pattern ${DURATION}, got "often"`,
  ],
])("the operator's schema finds %s, and names the field", (_, change, finding) => {
  expect(afterwards(change).filter((line) => line === finding)).toEqual([finding]);
});

function configMap(namespace: string) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace } };
}

function ingress(apiVersion: string) {
  return { apiVersion, kind: 'Ingress', metadata: { name: 'a' } };
}

function daemonSet(spec: object) {
  const template = { metadata: { labels: LABELS }, spec: { containers: [{ name: 'a', image: 'a' }] } };
  const whole = { selector: { matchLabels: LABELS }, template, ...spec };
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'a' }, spec: whole };
}

function headless() {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } };
}
