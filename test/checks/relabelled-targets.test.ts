import type { Manifest } from '../../src/kubernetes/manifest.js';
import { trace } from '../../src/checks/trace/trace.js';
import { shop } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';
import {
  diagnostics,
  NOT_SCRAPED,
  podMonitor,
  service,
  serviceMonitor,
  workload,
} from './manifests-of-others.js';

// What relabelling does to targets: those that it keeps are scraped, those that it drops are not, and of some nobody
// knows before they are there.

const NUMBER = '__meta_kubernetes_pod_container_port_number';
const NAME = '__meta_kubernetes_pod_container_port_name';
const ENDPOINT = '__meta_kubernetes_endpoint_port_name';
const SLICE = '__meta_kubernetes_endpointslice_port_name';
const POD = '__meta_kubernetes_pod_name';

const IN_CONTAINER = 'Deployment shop/web: spec.template.spec.containers[0]';
const FIRST = `${IN_CONTAINER}.ports[1]: metrics-1 (9001) ${NOT_SCRAPED}`;
const SECOND = `${IN_CONTAINER}.ports[2]: metrics-2 (9002) ${NOT_SCRAPED}`;
const DROPPED = [FIRST, SECOND];

/** What is found where one endpoint leads to every port of the Service, by these steps. */
const steps = (...relabelings: object[]) =>
  ofPorts(diagnostics(workload(), service, serviceMonitor({ endpoints: [{ relabelings }] })));

/** Diagnostics about ports: endpoints of which all targets are dropped are another test's. */
const ofPorts = (lines: string[]) =>
  lines.filter((line) => !/ drops every target|__address__ is empty/.test(line));

const keep = (regex: string, ...sourceLabels: string[]) => ({
  action: 'keep' as const,
  sourceLabels,
  regex,
});
const drop = (regex: string, ...sourceLabels: string[]) => ({
  action: 'drop' as const,
  sourceLabels,
  regex,
});
const write = (targetLabel: string, replacement: string, ...sourceLabels: string[]) => ({
  targetLabel,
  replacement,
  sourceLabels,
});

describe('a keep of one worker leaves the other without a scrape', () => {
  test.each([NUMBER, NAME, '__address__', ENDPOINT, SLICE, 'endpoint'])('by %s', (label) => {
    const each = [1, 2].map((i) => ({
      port: `metrics-${i}`,
      relabelings: [keep('.*(metrics-1|9001)', label)],
    }));
    expect(ofPorts(diagnostics(workload(), service, serviceMonitor({ endpoints: each })))).toEqual([SECOND]);
  });

  test.each([NUMBER, NAME, '__address__'])('of a PodMonitor, by %s', (label) => {
    const podMetricsEndpoints = [{ relabelings: [keep('.*(metrics-1|9001)', label)] }];
    expect(diagnostics(workload(), podMonitor({ podMetricsEndpoints }))).toEqual([SECOND]);
  });

  test('also in the values of an application', () => {
    const { all } = manifestsOf(
      shop({ workers: 2, metrics: { relabelings: [keep('.*(metrics-1|8001)', NUMBER)] } }),
    );
    expect(ofPorts(diagnostics(...all))).toEqual([
      `Deployment default/shop: spec.template.spec.containers[0].ports[2]: metrics-2 (8002) ${NOT_SCRAPED}`,
    ]);
  });
});

test.each<[string, object, string[]]>([
  ['drop, without a label', { action: 'drop' }, DROPPED],
  ['Drop, as the operator writes it too', { action: 'Drop' }, DROPPED],
  ['keep, without a label', { action: 'keep' }, []],
  ['drop of an empty expression, which is none given', { action: 'drop', regex: '' }, DROPPED],
  ['keep of another namespace', keep('blog', '__meta_kubernetes_namespace'), DROPPED],
  ['keep of the namespace', keep('shop', 'namespace'), []],
  ['keep of another Service', keep('api', '__meta_kubernetes_service_name'), DROPPED],
  ['keep of the Service', keep('web', 'service'), []],
  ['keep of a label of the Service', keep('web', '__meta_kubernetes_service_label_app'), []],
  ['keep of a label of the pods', keep('front', '__meta_kubernetes_pod_label_tier'), []],
  ['drop of a label that pods have', drop('true', '__meta_kubernetes_pod_labelpresent_tier'), DROPPED],
  ['keep of another container', keep('sidecar', 'container'), DROPPED],
  ['drop of pods that have ended', drop('Failed|Succeeded', '__meta_kubernetes_pod_phase'), []],
  ['keepequal of two labels that are one', { action: 'keepequal', sourceLabels: [NAME], targetLabel: ENDPOINT }, []],
  ['dropequal of two labels that are one', { action: 'DropEqual', sourceLabels: [NAME], targetLabel: ENDPOINT }, DROPPED],
  ['keepequal of two labels that differ', { action: 'keepequal', sourceLabels: [NAME], targetLabel: NUMBER }, DROPPED],
  ['a drop of part of a port, as expressions hold from end to end', drop('900', NUMBER), []],
])('%s', (_, step, found) => {
  expect(steps(step)).toEqual(found);
}); // prettier-ignore

describe('endpoints that keep a worker each are right', () => {
  test.each<[string, (i: number) => object]>([
    ['by number', (i) => keep(`900${i}`, NUMBER)],
    ['by address', (i) => keep(`.*:900${i}`, '__address__')],
    ['by the port of an EndpointSlice', (i) => keep(`metrics-${i}`, SLICE)],
    ['by two labels', (i) => keep(`shop;metrics-${i}`, 'namespace', NAME)],
    ['by two labels with a separator', (i) => ({ ...keep(`shop/900${i}`, 'namespace', NUMBER), separator: '/' })],
    ['by a label that nobody knows, and one that is known', (i) => keep(`.*;900${i}`, POD, NUMBER)],
  ])('%s', (_, only) => {
    const endpoints = [1, 2].map((i) => ({ relabelings: [only(i)] }));
    expect(diagnostics(workload(), service, serviceMonitor({ endpoints }))).toEqual([]);
    const [first] = endpoints;
    expect(diagnostics(workload(), service, serviceMonitor({ endpoints: [first] }))).toEqual([SECOND]);
    expect(diagnostics(workload(), service, serviceMonitor({ endpoints: [...endpoints, first] }))).toEqual([
      `${IN_CONTAINER}.ports[1]: metrics-1 (9001) is scraped 2 times: by ServiceMonitor shop/web spec.endpoints[0] through Service shop/web, and by ServiceMonitor shop/web spec.endpoints[2] through Service shop/web`,
    ]);
  }); // prettier-ignore
});

describe('a step that writes a label is followed', () => {
  test.each<[string, object[], string[]]>([
    ['a copy', [write('x', '$1', NAME), keep('metrics-1', 'x')], [SECOND]],
    ['a part', [{ ...write('x', '${1}!', NAME), regex: 'metrics-(.)' }, keep('1!', 'x')], [SECOND]],
    ['a part with a name', [{ ...write('x', '$n', NAME), regex: 'metrics-(?P<n>.)' }, keep('1', 'x')], [SECOND]],
    ['a part of the address', [{ ...write('x', '$1', '__address__'), regex: '.*:(.*)' }, keep('9001', 'x')], [SECOND]],
    ['a copy of the address', [write('x', '$1', '__address__'), keep('.*:9001', 'x')], [SECOND]],
    ['a text', [write('x', 'a$$', NAME), drop('a\\$', 'x')], DROPPED],
    ['a text, where the expression matches', [{ ...write('x', 'a', NAME), regex: 'metrics-2' }, drop('a', 'x')], [SECOND]],
    ['over a known label', [write(NAME, 'metrics-1'), keep('metrics-1', NAME)], []],
    ['a group that there is not', [write('x', '$7$b', NAME), drop('', 'x')], DROPPED],
    ['capitals', [{ action: 'uppercase', sourceLabels: [NAME], targetLabel: 'x' }, keep('METRICS-1', 'x')], [SECOND]],
    ['small letters', [write('x', 'A'), { action: 'lowercase', sourceLabels: ['x'], targetLabel: 'y' }, drop('a', 'y')], DROPPED],
    ['a label that is removed', [{ action: 'labeldrop', regex: '.*_name' }, keep('.+', NAME)], DROPPED],
    ['labels that alone stay', [{ action: 'labelkeep', regex: '__address__|x' }, keep('', NAME)], []],
    ['labels that alone stay, without the address', [{ action: 'labelkeep', regex: 'x' }], DROPPED],
    ['labels that are mapped elsewhere', [{ action: 'labelmap', regex: '__meta_kubernetes_pod_label_(.+)' }, keep('metrics-1', NAME)], [SECOND]],
  ])('%s', (_, relabelings, found) => {
    expect(steps(...relabelings)).toEqual(found);
  }); // prettier-ignore
});

/** Steps of which nobody knows, before pods are there, whether they keep a target. */
const UNDECIDED: readonly (readonly [string, object[]])[] = [
  ['a label of pods that nobody knows', [keep('web-.*', POD)]],
  ['a label of pods that nobody knows, and one that is known', [keep('web-[0-9]+;900.', POD, NUMBER)]],
  ['some addresses', [keep('10\\.244\\..*:.*', '__address__')]],
  ['addresses without the colons of IPv6', [drop('[^:]+:900.', '__address__')]],
  ['a share of the targets', [{ action: 'hashmod', sourceLabels: [NAME], targetLabel: 'x', modulus: 2 }, keep('1', 'x')]],
  ['a label that pods may bring', [{ action: 'labelmap', regex: '__meta_kubernetes_pod_label_(.+)' }, keep('x', 'namespace')]],
  ['a label whose name nobody knows', [{ ...write('${1}', 'x', POD) }, keep('web', 'service')]],
  ['a label that may be written', [{ ...write('x', 'a', POD), regex: 'web-0' }, keep('a', 'x')]],
  ['a known label that may be written', [{ ...write(NAME, 'a', POD), regex: 'web-0' }, keep('metrics.*', NAME)]],
  ['a label equal to one that nobody knows', [{ action: 'keepequal', sourceLabels: [NAME], targetLabel: POD }]],
  ['the address of a host that only the cluster knows', [write('__address__', '$1:9001', '__meta_kubernetes_pod_host_ip')]],
  ['an expression that Prometheus refuses', [keep('(', NAME)]],
]; // prettier-ignore

describe('an unknown port counts neither as scraped nor as not', () => {
  const ofWorkers = (lines: string[]) => lines.filter((line) => /metrics-[0-9]/.test(line));

  test.each(UNDECIDED)('%s', (_, relabelings) => {
    expect(ofWorkers(steps(...relabelings))).toEqual([]);
    const twice = serviceMonitor({ endpoints: [{}, { relabelings }] });
    expect(ofWorkers(diagnostics(workload(), service, twice))).toEqual([]);
  });

  test('but a target that is dropped all the same is not scraped', () => {
    expect(steps(keep('web-.*', POD), keep('metrics-1', NAME))).toEqual([SECOND]);
  });

  test('also if the environment names the ports, and they have names of their own', () => {
    const { all, container, service, monitor } = manifestsOf(shop({ workers: 1 }));
    container.ports[1].name = 'prom';
    service.spec.ports[1].targetPort = 'prom';
    monitor.spec.endpoints[0].relabelings = [keep('web-.*', POD)];
    expect(diagnostics(...all)).toEqual([]);
    monitor.spec.endpoints[0].relabelings = [{ action: 'drop' }];
    expect(ofPorts(diagnostics(...all))).toHaveLength(1);
  });
});

test.each([
  ['EndpointSlice', ENDPOINT],
  ['Endpoints', SLICE],
])('with serviceDiscoveryRole %s there is no label %s', (serviceDiscoveryRole, label) => {
  const endpoints = [{ relabelings: [keep('metrics-.*', label)] }];
  expect(ofPorts(diagnostics(workload(), service, serviceMonitor({ serviceDiscoveryRole, endpoints })))).toEqual(DROPPED);
  const others = [{ relabelings: [keep('metrics-.*', label === SLICE ? ENDPOINT : SLICE)] }];
  expect(diagnostics(workload(), service, serviceMonitor({ serviceDiscoveryRole, endpoints: others }))).toEqual([]);
}); // prettier-ignore

test.each([ENDPOINT, SLICE, 'service', '__meta_kubernetes_service_name'])(
  'the pods of a PodMonitor have no %s',
  (label) => {
    const podMetricsEndpoints = [{ relabelings: [keep('.+', label)] }];
    expect(ofPorts(diagnostics(workload(), podMonitor({ podMetricsEndpoints })))).toEqual(DROPPED);
  },
);

describe('an endpoint of which relabelling drops every target says why', () => {
  const why = (...relabelings: object[]) => sentences(...relabelings)[0];
  const sentences = (...relabelings: object[]) =>
    diagnostics(workload(), service, serviceMonitor({ endpoints: [{ relabelings }] })).map((line) =>
      line.replace('ServiceMonitor shop/web: spec.endpoints[0].', ''),
    );

  test.each<[object[], string]>([
    [[keep('side-proxy', '__meta_kubernetes_pod_container_name')], 'relabelings[0]: keep side-proxy drops every target: Deployment shop/web has the container web'],
    [[keep('front', '__meta_kubernetes_service_label_tier')], 'relabelings[0]: keep front drops every target: Service shop/web has no label tier'],
    [[keep('true', '__meta_kubernetes_service_labelpresent_tier')], 'relabelings[0]: keep true drops every target: Service shop/web has no label tier'],
    [[keep('a', '__meta_kubernetes_pod_label_team')], 'relabelings[0]: keep a drops every target: Deployment shop/web has pods with no label team'],
    [[keep('true', '__meta_kubernetes_pod_annotation_prometheus_io_scrape')], 'relabelings[0]: keep true drops every target: Deployment shop/web has pods with no annotation prometheus.io/scrape'],
    [[keep('worker', '__meta_kubernetes_node_label_role')], 'relabelings[0]: keep worker drops every target: __meta_kubernetes_node_label_role is "" of Deployment shop/web'],
    [[keep('metrics', NAME)], 'relabelings[0]: keep metrics drops every target: Deployment shop/web has the port metrics-1, Deployment shop/web has the port metrics-2, Deployment shop/web has the port http'],
    [[drop('http', NAME), drop('metrics.*', NAME)], 'relabelings[1]: drop metrics.* drops every target that earlier steps keep: Deployment shop/web has the port metrics-1, Deployment shop/web has the port metrics-2'],
    [[{ action: 'drop' }], 'relabelings[0]: drop without sourceLabels drops every target'],
    [[{ action: 'KeepEqual', sourceLabels: ['namespace'], targetLabel: 'service' }], 'relabelings[0]: keepequal drops every target: namespace is "shop" of Deployment shop/web and service is "web" of Deployment shop/web'],
    [[write('__address__', '')], 'relabelings: all targets are dropped: their __address__ is empty after the last step'],
  ])('%j', (relabelings, sentence) => {
    expect(why(...relabelings)).toBe(sentence);
  });

  test.each<[string, object, object]>([
    ['a node, where its metadata are attached', { attachMetadata: { node: true } }, keep('worker', '__meta_kubernetes_node_label_role')],
    ['the hash that a Deployment gives its pods', {}, keep('.+', '__meta_kubernetes_pod_label_pod_template_hash')],
    ['an annotation that the cluster network adds', {}, keep('.+', '__meta_kubernetes_pod_annotation_k8s_v1_cni_cncf_io_networks')],
  ])('but not for labels of %s, which others add', (_, spec, step) => {
    expect(diagnostics(workload(), service, serviceMonitor({ endpoints: [{ relabelings: [step] }], ...spec }))).toEqual([]);
  });

  test('and not where the label is there', () => {
    expect(sentences(keep('front', '__meta_kubernetes_pod_label_tier'))).toEqual([]);
    const monitor = { targetLabels: ['app'], podTargetLabels: ['tier'], endpoints: [{ relabelings: [keep('web;front', 'app', 'tier')] }] };
    expect(diagnostics(workload(), service, serviceMonitor(monitor))).toEqual([]);
  });
}); // prettier-ignore

describe('another address', () => {
  test('is another port of the same pod where its number is known', () => {
    const toFirst = { ...write('__address__', '$1:9001', '__address__'), regex: '(.*):.*' };
    expect(steps(toFirst)).toEqual([SECOND]);
    const both = serviceMonitor({ endpoints: [{ port: 'metrics-2', relabelings: [toFirst] }, { port: 'metrics-1' }] });
    expect(diagnostics(workload(), service, both)).toContainEqual(expect.stringContaining('metrics-1 (9001) is scraped 2 times'));
  });

  test('gives a container without ports its target', () => {
    const containers = [{ name: 'web', image: 'web' }];
    const bare = workload('Deployment', { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers } } });
    const relabelings = [{ ...write('__address__', '$1:9102', '__address__') }];
    const { chains, diagnostics: found } = trace([bare, podMonitor({ podMetricsEndpoints: [{ relabelings }] })]);
    expect(found).toEqual([]);
    expect(chains).toMatchObject([{ workload: 'Deployment shop/web', containerPort: { number: 9102 }, isWhole: true }]);
  });
}); // prettier-ignore

describe('trace', () => {
  const chains = (...relabelings: object[]) =>
    trace([workload(), service, serviceMonitor({ endpoints: [{ relabelings }] })] as Manifest[]).chains.map(
      ({ containerPort, isWhole, isUndecided, monitor }) => [
        containerPort?.name,
        { isWhole, isUndecided, monitor },
      ],
    );

  test('agrees on the targets that are kept and dropped', () => {
    expect(chains(keep('.*:9001', '__address__'))).toEqual([
      ['metrics-1', { isWhole: true, monitor: 'ServiceMonitor shop/web' }],
      ['metrics-2', { isWhole: false }],
    ]);
  });

  test('shows the chain of which nobody knows, unbroken', () => {
    const known = { isWhole: true, isUndecided: true, monitor: 'ServiceMonitor shop/web' };
    expect(chains(keep('web-.*', POD))).toEqual([
      ['http', known],
      ['metrics-1', known],
      ['metrics-2', known],
    ]);
  });
});
