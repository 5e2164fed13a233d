import type { Manifest } from '../../src/kubernetes/manifest.js';
import { trace } from '../../src/checks/trace/trace.js';
import { traceWiring } from '../../src/checks/wiring/wiring.js';
import {
  byApp,
  diagnostics,
  labels,
  NOT_SCRAPED,
  podMonitor,
  service,
  serviceMonitor,
  workload,
} from './manifests-of-others.js';

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
    expect(diagnostics(workload(), hook, service, monitor)).toEqual([]);
  });

  test('are a fault when none has it', () => {
    expect(
      diagnostics(workload(), hook, lacking, serviceMonitor({ endpoints: [{ port: 'metrics-1' }] }))[0],
    ).toBe(
      'Service shop/web: spec.ports[0].targetPort: "metric" is not a port of a container of Deployment shop/web, Pod shop/web-test (http, metrics-1, metrics-2)',
    );
  });

  test('are named where a Service targets a number, as every pod becomes an endpoint then', () => {
    const ports = [1, 2].map((i) => ({ name: `metrics-${i}`, port: 9000 + i }));
    const byNumber = { ...service, spec: { ...(service['spec'] as object), ports } };
    expect(diagnostics(workload(), hook, byNumber, serviceMonitor({}))).toEqual([
      'Service shop/web: spec.ports[0].targetPort: 9001 is not a port of a container of Pod shop/web-test (it has none); Prometheus still scrapes it, without the label container',
      'Service shop/web: spec.ports[1].targetPort: 9002 is not a port of a container of Pod shop/web-test (it has none); Prometheus still scrapes it, without the label container',
    ]);
  });
});

describe('a Service that targets a number', () => {
  const byNumber = (...numbers: number[]): Manifest => ({
    ...service,
    spec: { selector: { app: 'web' }, ports: numbers.map((port, i) => ({ name: `m${i}`, port })) },
  });
  const env = [
    { name: 'WEB_CONCURRENCY', value: '2' },
    { name: 'METRICS_START_PORT', value: '8001' },
  ];
  const container = { name: 'web', image: 'web', env, ports: [{ name: 'http', containerPort: 8000 }] };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  const web = workload('Deployment', { selector: byApp, template });

  test('leads to it though no container declares it, with a warning', () => {
    const all = [web, byNumber(8001, 8002), serviceMonitor({ endpoints: [{ port: 'm0' }, { port: 'm1' }] })];
    expect(trace(all)).toMatchObject({
      chains: [8001, 8002].map((number) => ({ containerPort: { number }, container: 'web', isWhole: true })),
      diagnostics: [8001, 8002].map((number, i) => ({
        severity: 'warning',
        field: `spec.ports[${i}].targetPort`,
        message: `${number} is not a port of a container of Deployment shop/web (http); Prometheus still scrapes it, without the label container`,
      })),
    });
  });

  test('and lacks a worker is a fault', () => {
    const { chains, diagnostics } = trace([
      web,
      byNumber(8001),
      serviceMonitor({ endpoints: [{ port: 'm0' }] }),
    ]);
    expect(chains.map(({ containerPort, isWhole }) => [containerPort?.number, isWhole])).toEqual([
      [8001, true],
      [8002, false],
    ]);
    expect(diagnostics.at(-1)).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('the metrics ports 8002, but') as string,
    });
  });

  test.each([
    ['a ServiceMonitor', serviceMonitor({ endpoints: [{ targetPort: 8001 }] })],
    ['a PodMonitor', podMonitor({ podMetricsEndpoints: [{ portNumber: 8001 }] })],
  ])('needs the declaration where %s asks for the port of the container', (_, monitor) => {
    expect(diagnostics(web, byNumber(8001), monitor)).toContainEqual(
      expect.stringMatching(/8001 is not a port of a container of Deployment shop\/web \(http\)$/),
    );
  });
});

describe('a protocol that differs', () => {
  const asking = (protocol: string, targetPort: unknown): Manifest => ({
    ...service,
    spec: { selector: { app: 'web' }, ports: [{ name: 'metrics-1', port: 9001, targetPort, protocol }] },
  });
  const monitor = serviceMonitor({ endpoints: [{ port: 'metrics-1' }] });

  test.each(['UDP', 'SCTP'])('leads nowhere by name, and is named: %s', (protocol) => {
    expect(diagnostics(workload(), asking(protocol, 'metrics-1'), monitor)[0]).toBe(
      `Service shop/web: spec.ports[0].targetPort: "metrics-1" is TCP in Deployment shop/web, but the Service has ${protocol}; write protocol: TCP in the Service`,
    );
  });

  test('leads to the port all the same by number, with a warning', () => {
    const { chains, diagnostics } = trace([workload(), asking('UDP', 9001), monitor]);
    expect(chains[0]).toMatchObject({ containerPort: { name: 'metrics-1' }, isWhole: true });
    expect(diagnostics[0]).toMatchObject({
      severity: 'warning',
      message:
        'metrics-1 is TCP in Deployment shop/web, but the Service has UDP; Prometheus scrapes over TCP',
    });
  });
});

describe('a port that is not TCP', () => {
  const withPorts = (...ports: object[]) =>
    workload('Deployment', {
      selector: byApp,
      template: { metadata: { labels }, spec: { containers: [{ name: 'dns', image: 'dns', ports }] } },
    });
  const udp = { name: 'dns', containerPort: 53, protocol: 'UDP' };
  const monitor = podMonitor({ podMetricsEndpoints: [{}] });

  test('is a target all the same, with a warning', () => {
    expect(trace([withPorts(udp), monitor]).diagnostics).toMatchObject([
      { severity: 'warning', message: 'dns is UDP, but Prometheus scrapes over TCP' },
    ]);
  });

  test('is right where the pods listen on its number over TCP, too', () => {
    expect(diagnostics(withPorts(udp, { name: 'dns-tcp', containerPort: 53 }), monitor)).toEqual([]);
  });
});

test('an endpoint without a port leads to the ports of the Service, and to all others of its pods', () => {
  const http = { ...service, spec: { selector: { app: 'web' }, ports: [{ name: 'web', port: 80, targetPort: 'http' }] } };
  const { chains, diagnostics } = trace([workload(), http, serviceMonitor({ endpoints: [{}] })]);
  expect(diagnostics).toEqual([]);
  expect(chains.map(({ servicePort, containerPort, isWhole }) => [servicePort?.name, containerPort?.name, isWhole])).toEqual([
    ['web', 'http', true],
    [undefined, 'metrics-1', true],
    [undefined, 'metrics-2', true],
  ]);
}); // prettier-ignore

test.each([
  ['a sidecar, which always restarts, are followed', { restartPolicy: 'Always' }, 0],
  ['an init container, which ends first, lead nowhere', {}, 2],
])('the ports of %s', (_, change, count) => {
  const sidecar = { name: 'web', image: 'web', ports: [{ name: 'prom', containerPort: 9000 }], ...change };
  const spec = { containers: [{ name: 'main', image: 'main' }], initContainers: [sidecar] };
  const web = workload('Deployment', { selector: byApp, template: { metadata: { labels }, spec } });
  const prom = { ...service, spec: { selector: { app: 'web' }, ports: [{ name: 'prom', port: 9000, targetPort: 'prom' }] } };
  const found = [
    ...diagnostics(web, prom, serviceMonitor({ endpoints: [{ port: 'prom' }] })),
    ...diagnostics(web, podMonitor({ podMetricsEndpoints: [{ port: 'prom' }] })),
  ];
  expect(found).toHaveLength(count);
}); // prettier-ignore

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
  expect(diagnostics(two, behind, serviceMonitor({ endpoints: [{ port: 'metrics' }] }))).toEqual([
    `Deployment shop/web: spec.template.spec.containers[1].ports[0]: metrics (9001) ${NOT_SCRAPED}`,
  ]);
  expect(diagnostics(two, podMonitor({ podMetricsEndpoints: [{ port: 'metrics' }] }))).toEqual([]);
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
  expect(diagnostics(workload(), bare, serviceMonitor({ endpoints: [endpoint] }))[0]).toBe(
    'ServiceMonitor shop/web: spec.endpoints[0]: nothing to scrape: there is no port in Service shop/web; add one',
  );
});

describe('the diagnostic about the number of a port in quotes has the text to write', () => {
  const http = { name: 'http', port: 80, targetPort: 'http' };
  const withPort = (port: object) => ({
    ...service,
    spec: { selector: { app: 'web' }, ports: [http, port] },
  });

  test.each([
    ['as the port of a Service', { name: 'metrics-1', port: '9001' }, 'ports[1].port', '"9001"'],
    ['as its target', { name: 'metrics-1', port: 9001, targetPort: '9001' }, 'ports[1].targetPort', '"9001"'],
  ])('%s', (_, port, field, given) => {
    expect(diagnostics(withPort(port), workload())).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^Service shop/web: spec\\.${field.replaceAll(/[[\].]/g, '\\$&')}: .* got ${given}; remove the quotes$`,
        ),
      ),
    );
  });

  test('as the port of a container', () => {
    const ports = [{ name: 'metrics', containerPort: '9001' }];
    const container = { name: 'web', image: 'web', ports };
    const of = workload('Deployment', {
      selector: byApp,
      template: { metadata: { labels }, spec: { containers: [container] } },
    });
    expect(diagnostics(of)).toContainEqual(
      expect.stringMatching(/containerPort: .* got "9001"; remove the quotes$/),
    );
  });

  test.each([
    ['a Service', serviceMonitor({ endpoints: [{ port: '9001' }] }), 'Service shop/web'],
    ['pods', podMonitor({ podMetricsEndpoints: [{ port: '9001' }] }), 'a container of Deployment shop/web'],
  ])('as the name of a port of %s', (_, monitor, owner) => {
    expect(diagnostics(service, workload(), monitor)).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `port: "9001" is not a port of ${owner} \\(.*\\); write "metrics-1", the name of port 9001$`,
        ),
      ),
    );
  });
});
