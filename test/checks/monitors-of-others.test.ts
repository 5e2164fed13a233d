import { checkManifests } from '../../src/checks/check-manifests.js';
import { formatFinding, type Manifest } from '../../src/checks/manifest.js';
import { traceWiring } from '../../src/checks/wiring.js';

// Manifests as others write them: one pod of two workers, found in every way that the operator knows.

const labels = { app: 'web', tier: 'front' };
const ports = [
  { name: 'http', containerPort: 8000 },
  { name: 'metrics-1', containerPort: 9001 },
  { name: 'metrics-2', containerPort: 9002 },
];
const env = [
  { name: 'WEB_CONCURRENCY', value: '2' },
  { name: 'METRICS_START_PORT', value: '9001' },
];
const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web', ports, env }] } };

function workload(
  kind = 'Deployment',
  spec: object = { selector: { matchLabels: { app: 'web' } }, template },
): Manifest {
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'web', namespace: 'shop' }, spec };
}

const service: Manifest = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: {
    selector: { app: 'web' },
    ports: ['metrics-1', 'metrics-2'].map((name, i) => ({ name, port: 9001 + i, targetPort: name })),
  },
};

const each = [{ port: 'metrics-1' }, { port: 'metrics-2' }];
const byApp = { matchLabels: { app: 'web' } };

function serviceMonitor(spec: object, namespace = 'shop'): Manifest {
  const whole = { selector: byApp, endpoints: each, ...spec };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'web', namespace },
    spec: whole,
  };
}

function podMonitor(spec: object, namespace = 'shop'): Manifest {
  const whole = { selector: byApp, podMetricsEndpoints: each, ...spec };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'web', namespace },
    spec: whole,
  };
}

const NOT_SCRAPED = 'is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it';
const SERVICE_PORT = '__meta_kubernetes_endpoint_port_name';

/** An endpoint that keeps the targets of some Service ports. */
function kept(regex: string) {
  return { relabelings: [{ action: 'keep', sourceLabels: [SERVICE_PORT], regex }] };
}

const findings = (...manifests: Manifest[]) => checkManifests(manifests).map(formatFinding);

test.each<[string, Manifest]>([
  ['labels', serviceMonitor({})],
  ['an empty selector: every Service', serviceMonitor({ selector: {} })],
  ['In', serviceMonitor({ selector: expression('In', ['api', 'web']) })],
  ['NotIn', serviceMonitor({ selector: expression('NotIn', ['api']) })],
  ['NotIn, of a label that there is not', serviceMonitor({ selector: expression('NotIn', ['web'], 'team') })],
  ['Exists', serviceMonitor({ selector: expression('Exists') })],
  ['DoesNotExist', serviceMonitor({ selector: expression('DoesNotExist', undefined, 'team') })],
  ['any namespace', serviceMonitor({ namespaceSelector: { any: true } }, 'monitoring')],
  ['named namespaces', serviceMonitor({ namespaceSelector: { matchNames: ['blog', 'shop'] } }, 'monitoring')],
  ['a namespace named twice', serviceMonitor({ namespaceSelector: { matchNames: ['shop', 'shop'] } })],
  ['no name in namespaceSelector: its own', serviceMonitor({ namespaceSelector: { matchNames: [] } })],
  [
    'targetPort by name',
    serviceMonitor({ endpoints: [{ targetPort: 'metrics-1' }, { targetPort: 'metrics-2' }] }),
  ],
  ['targetPort by number', serviceMonitor({ endpoints: [{ targetPort: 9001 }, { targetPort: 9002 }] })],
  ['no port: every port of the Service', serviceMonitor({ endpoints: [{}] })],
  [
    'the Service port that relabelings keep',
    serviceMonitor({ endpoints: [kept('metrics-1'), kept('metrics-2')] }),
  ],
  [
    'targetPort, of the Service port that relabelings keep',
    serviceMonitor({
      endpoints: [
        { ...kept('metrics-1'), targetPort: 9001 },
        { ...kept('metrics-.*'), targetPort: 9002 },
      ],
    }),
  ],
  [
    'port and targetPort: the operator goes by port',
    serviceMonitor({ endpoints: [{ port: 'metrics-1', targetPort: 'metrics-2' }, { port: 'metrics-2' }] }),
  ],
  ['a PodMonitor', podMonitor({})],
  [
    'a PodMonitor with numbers',
    podMonitor({ podMetricsEndpoints: [{ portNumber: 9001 }, { portNumber: 9002 }] }),
  ],
  [
    'a PodMonitor with target ports',
    podMonitor({ podMetricsEndpoints: [{ targetPort: 9001 }, { targetPort: 'metrics-2' }] }),
  ],
  ['a PodMonitor of any namespace', podMonitor({ namespaceSelector: { any: true } }, 'monitoring')],
  ['a PodMonitor without a port: every port', podMonitor({ podMetricsEndpoints: [{}] })],
])('workers are found by %s', (_, monitor) => {
  expect(findings(workload(), service, monitor)).toEqual([]);
});

test.each<[string, Manifest, string]>([
  [
    'In',
    serviceMonitor({ selector: expression('In', ['api', 'www']) }),
    'no Service in namespace shop with the labels app in (api,www)',
  ],
  [
    'NotIn',
    serviceMonitor({ selector: expression('NotIn', ['web', 'x']) }),
    'no Service in namespace shop with the labels app notin (web,x)',
  ],
  [
    'Exists',
    serviceMonitor({ selector: expression('Exists', undefined, 'team') }),
    'no Service in namespace shop with the labels team',
  ],
  [
    'DoesNotExist',
    serviceMonitor({ selector: expression('DoesNotExist') }),
    'no Service in namespace shop with the labels !app',
  ],
  [
    'its own namespace',
    serviceMonitor({}, 'monitoring'),
    'no Service in namespace monitoring with the labels app=web',
  ],
  [
    'other namespaces',
    serviceMonitor({ namespaceSelector: { matchNames: ['blog', 'wiki'] } }),
    'no Service in namespace blog, wiki with the labels app=web',
  ],
  [
    'any namespace',
    serviceMonitor({ namespaceSelector: { any: true }, selector: { matchLabels: { app: 'api' } } }),
    'no Service in any namespace with the labels app=api',
  ],
  [
    'a PodMonitor',
    podMonitor({ selector: { matchLabels: { app: 'api' } } }),
    'no pods in namespace shop with the labels app=api',
  ],
])('a selector that matches nothing is shown as kubectl writes it: %s', (_, monitor, message) => {
  expect(findings(workload(), service, monitor)).toContain(
    `${String(monitor['kind'])} ${namespaceOf(monitor)}/web: spec.selector: ${message}`,
  );
});

test.each<[string, Manifest, string]>([
  [
    'targetPort of a ServiceMonitor',
    serviceMonitor({ endpoints: [{ targetPort: 'metric-1' }, { targetPort: 9002 }] }),
    'ServiceMonitor shop/web: spec.endpoints[0].targetPort: "metric-1" is no port of a container of Deployment shop/web (http, metrics-1, metrics-2); did you mean "metrics-1"?',
  ],
  [
    'port of a PodMonitor',
    podMonitor({ podMetricsEndpoints: [{ port: 'metrics' }, { port: 'metrics-2' }] }),
    'PodMonitor shop/web: spec.podMetricsEndpoints[0].port: "metrics" is no port of a container of Deployment shop/web (http, metrics-1, metrics-2); did you mean "metrics-1"?',
  ],
  [
    'number in a PodMonitor',
    podMonitor({ podMetricsEndpoints: [{ portNumber: 9003 }, { port: 'metrics-2' }] }),
    'PodMonitor shop/web: spec.podMetricsEndpoints[0].portNumber: 9003 is no port of a container of Deployment shop/web (http, metrics-1, metrics-2)',
  ],
])('a wrong %s is named where it stands', (_, monitor, finding) => {
  expect(findings(workload(), service, monitor)).toContain(finding);
});

test.each<[string, object]>([
  ['of the Service port', { port: 'metrics-2' }],
  ['of the Service port behind a target port', { targetPort: 'metrics-2' }],
])('relabelings drop a worker by the name %s', (_, endpoint) => {
  const drop = { action: 'drop', sourceLabels: [SERVICE_PORT], regex: 'metrics-2' };
  const monitor = serviceMonitor({
    endpoints: [{ port: 'metrics-1' }, { ...endpoint, relabelings: [drop] }],
  });
  expect(findings(workload(), service, monitor)).toEqual([
    `Deployment shop/web: spec.template.spec.containers[0].ports[2]: metrics-2 (9002) ${NOT_SCRAPED}`,
  ]);
});

test('the pods of a PodMonitor are behind no Service port, so that keeping one keeps none of them', () => {
  expect(findings(workload(), podMonitor({ podMetricsEndpoints: [kept('metrics-.*')] }))).toHaveLength(2);
});

describe('pods that lack a port', () => {
  const hook = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-test', namespace: 'shop', labels },
    spec: { containers: [{ name: 'wget', image: 'busybox' }] },
  };
  const lacking = {
    ...service,
    spec: { ...(service['spec'] as object), ports: [{ name: 'metrics-1', port: 80, targetPort: 'metric' }] },
  };

  test.each<[string, Manifest]>([
    ['a Service', serviceMonitor({})],
    [
      'the target port of a ServiceMonitor',
      serviceMonitor({ endpoints: [{ targetPort: 9001 }, { targetPort: 9002 }] }),
    ],
    ['a PodMonitor', podMonitor({})],
  ])('are passed over by %s while others have it: a test or a migration has the labels too', (_, monitor) => {
    expect(findings(workload(), hook, service, monitor)).toEqual([]);
  });

  test('are a fault when none has it', () => {
    expect(
      findings(workload(), hook, lacking, serviceMonitor({ endpoints: [{ port: 'metrics-1' }] }))[0],
    ).toBe(
      'Service shop/web: spec.ports[0].targetPort: "metric" is no port of a container of Deployment shop/web, Pod shop/web-test (http, metrics-1, metrics-2)',
    );
  });

  test('are a fault where a Service targets a number, as every pod becomes an endpoint then', () => {
    const ports = [1, 2].map((i) => ({ name: `metrics-${i}`, port: 9000 + i }));
    const byNumber = { ...service, spec: { ...(service['spec'] as object), ports } };
    expect(findings(workload(), hook, byNumber, serviceMonitor({}))).toEqual([
      'Service shop/web: spec.ports[0].targetPort: 9001 is no port of a container of Pod shop/web-test (it has none)',
      'Service shop/web: spec.ports[1].targetPort: 9002 is no port of a container of Pod shop/web-test (it has none)',
    ]);
  });
});

test('of two containers with a port of one name, a Service leads to the first, and a PodMonitor to both', () => {
  const containers = [9000, 9001].map((containerPort, i) => ({
    name: `web-${i}`,
    image: 'web',
    ports: [{ name: 'metrics', containerPort }],
  }));
  const two = workload('Deployment', {
    selector: byApp,
    template: { metadata: { labels }, spec: { containers } },
  });
  const behind = {
    ...service,
    spec: { selector: labels, ports: [{ name: 'metrics', port: 9000, targetPort: 'metrics' }] },
  };
  expect(findings(two, behind, serviceMonitor({ endpoints: [{ port: 'metrics' }] }))).toEqual([
    `Deployment shop/web: spec.template.spec.containers[1].ports[0]: metrics (9001) ${NOT_SCRAPED}`,
  ]);
  expect(findings(two, podMonitor({ podMetricsEndpoints: [{ port: 'metrics' }] }))).toEqual([]);
});

test('a Service leads to the port of its protocol, where another has the same number', () => {
  const ports = [
    { name: 'metrics-udp', containerPort: 9000, protocol: 'UDP' },
    { name: 'metrics', containerPort: 9000 },
  ];
  const both = workload('Deployment', {
    selector: byApp,
    template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web', ports }] } },
  });
  const behind = {
    ...service,
    spec: { selector: labels, ports: [{ name: 'metrics', port: 9000, targetPort: 9000 }] },
  };
  const { scrapes } = traceWiring([
    both,
    behind,
    serviceMonitor({ endpoints: [{ port: 'metrics' }] }),
  ] as Manifest[]);
  expect(scrapes.map(({ port }) => port.name)).toEqual(['metrics']);
});

test.each<[string, object]>([
  ['', {}],
  [' and with a target port', { targetPort: 9001 }],
])('a Service without ports gives an endpoint without a port%s nothing to scrape', (_, endpoint) => {
  const bare = { ...service, spec: { clusterIP: 'None', selector: labels } };
  expect(findings(workload(), bare, serviceMonitor({ endpoints: [endpoint] }))[0]).toBe(
    'ServiceMonitor shop/web: spec.endpoints[0]: there is nothing to scrape, as there is no port in Service shop/web; add one',
  );
});

test.each<[string, Manifest]>([
  ['Pod', { ...workload('Pod', template.spec), metadata: { name: 'web', namespace: 'shop', labels } }],
  ['ReplicaSet', workload('ReplicaSet')],
  ['StatefulSet', workload('StatefulSet')],
  ['DaemonSet', workload('DaemonSet')],
  ['Job', workload('Job', { template })],
  ['CronJob', workload('CronJob', { jobTemplate: { spec: { template } } })],
])('the pods of a %s are scraped, or not', (kind, manifest) => {
  expect(findings(manifest, service, serviceMonitor({}))).toEqual([]);
  expect(findings(manifest)).toHaveLength(2);
  expect(findings(manifest)[0]).toMatch(
    new RegExp(`^${kind} shop/web: .*containers\\[0\\]\\.ports\\[1\\]: metrics-1`),
  );
});

test('two Deployments behind one Service, as in a canary rollout, are scraped once each', () => {
  const canary = { ...workload(), metadata: { name: 'web-canary', namespace: 'shop' } };
  expect(findings(workload(), canary, service, serviceMonitor({}))).toEqual([]);
});

test('a port named metrics must be scraped too, and no numbers are expected with it', () => {
  const spec = {
    containers: [{ name: 'web', image: 'web', ports: [{ name: 'metrics', containerPort: 9000 }] }],
  };
  const one = workload('Deployment', { selector: byApp, template: { metadata: { labels }, spec } });
  expect(findings(one)).toEqual([
    'Deployment shop/web: spec.template.spec.containers[0].ports[0]: metrics (9000) is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it',
  ]);
  expect(findings(one, podMonitor({ podMetricsEndpoints: [{ port: 'metrics' }] }))).toEqual([]);
});

test('pods without metrics ports need no monitor', () => {
  const spec = {
    containers: [{ name: 'web', image: 'web', ports: [{ name: 'http', containerPort: 8000 }] }],
  };
  expect(
    findings(workload('Deployment', { selector: byApp, template: { metadata: { labels }, spec } })),
  ).toEqual([]);
});

function expression(operator: string, values?: string[], key = 'app') {
  return { matchExpressions: [{ key, operator, values }] };
}

function namespaceOf(manifest: Manifest): string {
  return (manifest['metadata'] as { namespace: string }).namespace;
}
